package io.scrutin.chaos;

import io.scrutin.books.Balance;
import io.scrutin.books.BookPlaces;
import io.scrutin.books.Books;
import io.scrutin.chaos.Evidence.Cast;
import io.scrutin.chaos.Evidence.ContestEnd;
import io.scrutin.chaos.Evidence.Count;
import io.scrutin.chaos.Evidence.Unbalanced;
import io.scrutin.console.Surroundings;
import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.standalone.Replicated;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Brings together what the judge looks at, when all is over. */
final class GatherEvidence {
  private final Replicated system;
  private final KeptRows rows;
  private final KeptMessages messages;
  private final Map<String, List<Credential>> rolls;

  GatherEvidence(
      Replicated system,
      KeptRows rows,
      KeptMessages messages,
      Map<String, List<Credential>> rolls) {
    this.system = system;
    this.rows = rows;
    this.messages = messages;
    this.rolls = Map.copyOf(rolls);
  }

  /**
   * @param dir with logs in it
   */
  Evidence of(
      Entries entries,
      List<Count> counts,
      Saboteur saboteur,
      List<Happening> happenings,
      double drainSeconds,
      Path dir)
      throws Exception {
    HeldKeys keys = new HeldKeys(system.surroundings());
    Map<Integer, String> voteIds = keys.voteIds(entries, rolls);
    Map<String, ContestEnd> ends = new HashMap<>();
    for (String law : Chaos.LAWS) {
      ends.put(law, rows.end(law));
    }
    List<Cast> casts = messages.casts(keys.ballots());
    return new Evidence(
        entries,
        voteIds,
        rows.participations(Chaos.LAWS, keys.voters(rolls)),
        rows.trail(),
        casts,
        ends,
        saboteur.cut(),
        messages.parked(),
        saboteur.planted(),
        messages.pending(),
        counts,
        differences(),
        Outages.judged(happenings),
        drainSeconds,
        found(entries, voteIds, casts, dir));
  }

  private List<String> found(
      Entries entries, Map<Integer, String> voteIds, List<Cast> casts, Path dir) throws Exception {
    SearchRemains search = new SearchRemains(system, dir, rolls);
    Map<String, String> choices = new HashMap<>();
    voteIds.forEach(
        (number, id) ->
            choices.put(id, Objects.requireNonNull(entries.sent().get(number)).choice()));
    List<String> found = new ArrayList<>(search.places());
    found.addAll(search.joins(Chaos.LAWS, choices, casts, Chaos.GROUP_SIZE));
    return found;
  }

  private List<Unbalanced> differences() {
    try (Books books = Books.open(BookPlaces.from(new Surroundings(system.surroundings())))) {
      List<Unbalanced> found = new ArrayList<>();
      for (Balance balance : books.balances()) {
        balance.differences().forEach(one -> found.add(new Unbalanced(one.id(), one.text())));
        balance.lines().stream()
            .filter(line -> !line.agrees())
            .forEach(
                line ->
                    found.add(
                        new Unbalanced(
                            balance.lawId(),
                            "%s: %d, and should be %d"
                                .formatted(line.what(), line.found(), line.expected()))));
      }
      return found;
    }
  }
}
