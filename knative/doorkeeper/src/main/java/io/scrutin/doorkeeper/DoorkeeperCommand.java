package io.scrutin.doorkeeper;

import io.fabric8.knative.client.KnativeClient;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One look and what follows from it. Exit 0: the cluster is as it should be; 1: something could not
 * be read or made, and the next run may; 2: it will not get better by itself.
 */
final class DoorkeeperCommand {
  private static final int DONE = 0;
  private static final int LATER = 1;
  private static final int WRONG = 2;

  private static final String DRY_RUN = "--dry-run";
  private static final String USAGE =
      "usage: doorkeeper [--dry-run]; SCRUTIN_POSTGRES_URL, SCRUTIN_POSTGRES_PASSWORD;"
          + " SCRUTIN_NAMESPACE where it is not the account's own";

  /** The run after this one is a minute away. */
  private static final int CONNECT_TIMEOUT_SECONDS = 5;

  private static final int ANSWER_TIMEOUT_SECONDS = 10;
  private static final int MILLIS = 1_000;

  private final Map<String, String> environment;
  private final Supplier<KubernetesClient> cluster;
  private final PrintWriter out;
  private final PrintWriter err;

  DoorkeeperCommand(
      Map<String, String> environment,
      Supplier<KubernetesClient> cluster,
      PrintWriter out,
      PrintWriter err) {
    this.environment = environment;
    this.cluster = cluster;
    this.out = out;
    this.err = err;
  }

  static int main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return new DoorkeeperCommand(
            System.getenv(), () -> connected(Config.autoConfigure(null)), out, err)
        .run(List.of(arguments));
  }

  int run(List<String> arguments) {
    String url = environment.getOrDefault("SCRUTIN_POSTGRES_URL", "");
    boolean dry = arguments.equals(List.of(DRY_RUN));
    if (!dry && !arguments.isEmpty() || url.isBlank()) {
      err.println(USAGE);
      return WRONG;
    }
    Timetable timetable;
    try {
      timetable = ReadTimetable.from(database(url));
    } catch (SQLException away) {
      err.println("doorkeeper: nothing was changed, Postgres cannot be asked: " + line(away));
      return LATER;
    }
    try (KubernetesClient client = cluster.get()) {
      String namespace = environment.getOrDefault("SCRUTIN_NAMESPACE", client.getNamespace());
      if (namespace == null || namespace.isBlank()) {
        err.println(USAGE);
        return WRONG;
      }
      return keep(timetable, new KnativeDoors(client.adapt(KnativeClient.class), namespace), dry);
    } catch (KubernetesClientException away) {
      err.println("doorkeeper: the API server did not do it: " + line(away));
      return LATER;
    }
  }

  private int keep(Timetable timetable, KnativeDoors doors, boolean dry) {
    KeepDoors.Decision decision = KeepDoors.decide(timetable, doors.look());
    int code = decision.complaints().isEmpty() ? DONE : LATER;
    decision.complaints().forEach(complaint -> err.println("doorkeeper: " + complaint));
    for (Change change : decision.changes()) {
      Optional<String> refusal = dry ? Optional.empty() : doors.make(change);
      if (refusal.isPresent()) {
        err.println("doorkeeper: " + refusal.get() + ", not so: " + change.told());
        code = LATER;
      } else {
        out.println((dry ? "would be " : "") + change.told());
      }
    }
    return code;
  }

  private DataSource database(String url) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url);
    database.setUser("scrutin_doorkeeper");
    database.setPassword(environment.getOrDefault("SCRUTIN_POSTGRES_PASSWORD", ""));
    database.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
    database.setSocketTimeout(ANSWER_TIMEOUT_SECONDS);
    return database;
  }

  /**
   * @param where as the pod's service account, or as whoever tries it from a terminal
   */
  static KubernetesClient connected(Config where) {
    Config bounded =
        new ConfigBuilder(where)
            .withConnectionTimeout(CONNECT_TIMEOUT_SECONDS * MILLIS)
            .withRequestTimeout(ANSWER_TIMEOUT_SECONDS * MILLIS)
            // The next run is the retry.
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(bounded).build();
  }

  static String line(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
