package io.scrutin.chaos;

import io.scrutin.chaos.Evidence.Cast;
import io.scrutin.chaos.JoinChoices.Row;
import io.scrutin.election.BallotKeyForms;
import io.scrutin.election.FindChoices;
import io.scrutin.election.FindSecrets;
import io.scrutin.election.Remains;
import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.standalone.Replicated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks for credentials, choices and keys in all that is left, also as the disks have it. */
final class SearchRemains {
  private final Replicated system;
  private final Path dir;
  private final Map<String, List<Credential>> rolls;

  SearchRemains(Replicated system, Path dir, Map<String, List<Credential>> rolls) {
    this.system = system;
    this.dir = dir;
    this.rolls = Map.copyOf(rolls);
  }

  /** Where any was found. */
  List<String> places() throws Exception {
    List<String> keys = BallotKeyForms.in(system.surroundings()).forms();
    FindChoices choices = new FindChoices(PlanVotes.CHOICES, keys);
    FindChoices onlyKeys = new FindChoices(List.of(), keys);
    List<FindSecrets> secrets = new ArrayList<>();
    rolls.forEach((lawId, roll) -> secrets.add(new FindSecrets(roll, lawId)));
    Remains.Reader reader =
        (place, text) -> {
          secrets.forEach(search -> search.read(place, text));
          choices.read(place, text);
        };
    Remains.ofStreams(system.servers().nats().url(), reader);
    Remains.ofPostgres(system.servers().owner(), reader);
    Remains.ofRedis(system.servers().redis().url(), reader);
    Remains.ofLogs(dir, reader);
    for (Store store : Store.values()) {
      Path disk = system.dataOf(store.server()).resolveSibling("");
      if (!disk.equals(dir)) {
        Remains.ofLogs(disk, reader);
      }
    }
    // Postgres writes a ballot's choice into its log when it goes into the box: it has no name
    // there.
    for (Path file : files()) {
      String text = read(file);
      secrets.forEach(search -> search.read("file " + file.getFileName(), text));
      onlyKeys.read("file " + file.getFileName(), text);
    }
    List<String> places = new ArrayList<>(choices.places());
    places.addAll(onlyKeys.places());
    secrets.forEach(search -> places.addAll(search.places()));
    return places;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Map<String, String> kept =
        Map.of(
            Store.BROKER.server(), "", Store.REDIS.server(), "", Store.POSTGRES.server(), "pg_wal");
    for (Map.Entry<String, String> folder : kept.entrySet()) {
      Path data = system.dataOf(folder.getKey()).resolve(folder.getValue());
      try (Stream<Path> all = Files.walk(data)) {
        all.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    return files;
  }

  /** Servers delete files while this reads. */
  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      return "";
    }
  }

  /**
   * The joins that an insider could try.
   *
   * @param choices of votes, by vote id, for who knows them
   * @param casts as the stream has them
   */
  List<String> joins(
      List<String> laws, Map<String, String> choices, List<Cast> casts, int groupSize)
      throws SQLException {
    KnownOrders orders = new KnownOrders(system.servers().owner());
    List<String> found = new ArrayList<>(orders.unexpectedColumns());
    for (String law : laws) {
      found.addAll(orders.sharedTransactions(law));
      Map<String, List<Row>> boxes = orders.box(law);
      boxes.values().stream()
          .findFirst()
          .ifPresent(box -> found.addAll(JoinChoices.smallGroups(law, box, groupSize)));
      for (Map.Entry<String, List<String>> votes : orders.votes(law, casts).entrySet()) {
        List<String> sent =
            votes.getValue().stream().map(id -> choices.getOrDefault(id, "")).toList();
        boxes.forEach(
            (how, box) ->
                found.addAll(
                    JoinChoices.sameOrder(
                        law + ", " + votes.getKey() + " with the box by " + how, box, sent)));
      }
    }
    return found;
  }
}
