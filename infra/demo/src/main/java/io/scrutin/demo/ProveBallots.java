package io.scrutin.demo;

import io.scrutin.election.FindChoices;
import io.scrutin.election.FindSecrets;
import io.scrutin.election.Tables;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** P3, P4 and P5: the box, and what can be read of it. */
final class ProveBallots {
  private final Ledger ledger;
  private final Tables tables;

  ProveBallots(Ledger ledger, Tables tables) {
    this.ledger = ledger;
    this.tables = tables;
  }

  /**
   * @param published as the voters see it
   */
  Proof theTallyIsTheBallots(Map<String, Long> published) throws SQLException {
    Map<String, Long> sent =
        ledger.recordedChoices().values().stream()
            .collect(Collectors.groupingBy(choice -> choice, TreeMap::new, Collectors.counting()));
    Map<String, Long> recount = tables.recount();
    Map<String, Long> tally = tables.tally();
    return new Proof(
        "P3",
        "the tally is the ballots",
        !sent.isEmpty() && sent.equals(recount) && sent.equals(tally) && sent.equals(published),
        "sent and recorded %s; recounted from the box %s; tally %s; published %s"
            .formatted(sent, recount, tally, published));
  }

  static Proof nobodyIsNamed(FindSecrets search, int credentials) {
    return new Proof(
        "P4",
        "no NAS and no code in the vote path",
        search.places().isEmpty() && search.words() > 0,
        "%,d NAS and codes, plain, hex, base64 and hashed, looked for in %,d words of streams, tables, Redis and logs: %s"
            .formatted(
                2 * credentials,
                search.words(),
                search.places().isEmpty() ? "none" : "found in " + search.places()));
  }

  /**
   * @param groups by how much the count had grown each time that it was told while votes came in
   * @param shownEarly whether results showed counts before the end
   */
  Proof choicesAreSecret(FindChoices search, List<Long> groups, int groupSize, boolean shownEarly)
      throws SQLException {
    // More than K voted, so at least one group was opened; none seen is nothing proven.
    long smallest = groups.stream().mapToLong(Long::longValue).min().orElse(0);
    long sealed = tables.number("SELECT count(*) FROM store.envelope WHERE law_id = ?");
    return new Proof(
        "P5",
        "nobody without the ballot key can tell how anyone voted",
        search.places().isEmpty() && smallest >= groupSize && !shownEarly && sealed == 0,
        "no choice beside a vote id in %,d events and rows%s; ballots were opened in %,d groups, the smallest of %,d (K = %,d), the rest together at the end; counts %s before the end; %,d envelopes are left"
            .formatted(
                search.texts(),
                search.places().isEmpty() ? "" : " but in " + search.places(),
                groups.size(),
                smallest,
                groupSize,
                shownEarly ? "were shown" : "were not shown",
                sealed));
  }
}
