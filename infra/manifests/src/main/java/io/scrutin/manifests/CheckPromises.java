package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the stores of an overlay keep what was promised: no vote is lost with one machine. Each
 * of these settings could be gone, and everything would go on until a machine dies.
 */
final class CheckPromises {
  private static final long COPIES = 3;

  /** So much is lost at most when all brokers lose power at once. */
  private static final double LONGEST_SYNC_SECONDS = 120;

  private static final String[] SYNC = {"config", "jetstream", "merge", "sync_interval"};

  /** The others answer before a second machine has it on its disk. */
  private static final Set<String> DURABLE_COMMITS = Set.of("on", "remote_apply");

  private final List<Fault> faults = new ArrayList<>();

  private CheckPromises() {}

  /**
   * @param chart of the brokers' values
   */
  static List<Fault> of(Document chart, List<Document> documents) {
    CheckPromises check = new CheckPromises();
    documents.stream()
        .filter(document -> document.is("v1", "ConfigMap") && document.name().equals("scrutin"))
        .forEach(settings -> check.settings(settings, chart));
    check.brokers(chart);
    List<Document> clusters =
        documents.stream().filter(d -> d.is("postgresql.cnpg.io/", "Cluster")).toList();
    if (clusters.size() != 1) {
      check.faults.add(chart.fault("", "beside the brokers there is one Cluster of CloudNativePG"));
    }
    clusters.forEach(cluster -> check.postgres(cluster, documents));
    return check.faults;
  }

  private void settings(Document settings, Document chart) {
    exactly(settings, COPIES, "each event", "data", "SCRUTIN_REPLICAS");
    String[] told = {"data", "SCRUTIN_SYNC_INTERVAL"};
    // A broker that syncs always loses nothing, however short the trigger's view back is.
    double brokers = Numbers.seconds(chart.text(SYNC)).orElse(0.0);
    demand(
        Numbers.seconds(settings.text(told)).filter(s -> s > 0 && s >= brokers).isPresent(),
        settings,
        "is at least the brokers' sync_interval: the trigger goes back by twice this much when they lost their tail",
        told);
  }

  private void brokers(Document chart) {
    exactly(chart, COPIES, "each event", "config", "cluster", "replicas");
    for (String[] on :
        List.of(
            new String[] {"config", "cluster", "enabled"},
            new String[] {"config", "jetstream", "enabled"},
            new String[] {"config", "jetstream", "fileStore", "enabled"},
            new String[] {"config", "jetstream", "fileStore", "pvc", "enabled"})) {
      demand(chart.text(on).equals("true"), chart, "is true: what is acknowledged is kept", on);
    }
    String interval = chart.text(SYNC);
    Optional<Double> seconds = Numbers.seconds(interval);
    demand(
        interval.equals("always")
            || seconds.filter(s -> s > 0 && s <= LONGEST_SYNC_SECONDS).isPresent(),
        chart,
        "'" + interval + "' is neither always nor a duration of at most two minutes",
        SYNC);
  }

  private void postgres(Document cluster, List<Document> documents) {
    long instances = Numbers.whole(cluster.text("spec", "instances")).orElse(0L);
    demand(instances >= COPIES, cluster, "is 3 at least", "spec", "instances");
    String[] number = {"spec", "postgresql", "synchronous", "number"};
    long others = Numbers.whole(cluster.text(number)).orElse(0L);
    demand(others >= 1, cluster, "is 1 at least: recorded is on two machines", number);
    demand(others + 1 < instances, cluster, "leaves no instance that may be away", number);
    String[] durability = {"spec", "postgresql", "synchronous", "dataDurability"};
    demand(
        cluster.text(durability).equals("required"),
        cluster,
        "is required: otherwise a primary that is alone promises alone",
        durability);
    String[] commit = {"spec", "postgresql", "parameters", "synchronous_commit"};
    demand(
        DURABLE_COMMITS.contains(cluster.text(commit)),
        cluster,
        "is one of " + DURABLE_COMMITS.stream().sorted().toList(),
        commit);
    for (String safety : List.of("fsync", "full_page_writes")) {
      String value = cluster.at("spec", "postgresql", "parameters", safety).orElse("on").toString();
      demand(value.equals("on"), cluster, "is on", "spec", "postgresql", "parameters", safety);
    }
    archive(cluster, documents);
  }

  /** CloudNativePG archives by one plugin; with none, a lost cluster is lost. */
  private void archive(Document cluster, List<Document> documents) {
    List<Map<String, Object>> archivers =
        Document.asList(cluster.at("spec", "plugins").orElse(List.of())).stream()
            .map(Document::asMap)
            .filter(plugin -> Boolean.TRUE.equals(plugin.get("isWALArchiver")))
            .filter(plugin -> !Boolean.FALSE.equals(plugin.get("enabled")))
            .toList();
    demand(archivers.size() == 1, cluster, "exactly one is the WAL archiver", "spec", "plugins");
    for (Map<String, Object> archiver : archivers) {
      Object store =
          Document.asMap(archiver.getOrDefault("parameters", Map.of())).get("barmanObjectName");
      demand(
          documents.stream()
              .anyMatch(d -> d.kind().equals("ObjectStore") && d.name().equals("" + store)),
          cluster,
          "there is no ObjectStore " + store,
          "spec",
          "plugins");
    }
  }

  private void exactly(Document document, long count, String what, String... path) {
    demand(
        Numbers.whole(document.text(path)).filter(found -> found == count).isPresent(),
        document,
        "is " + count + ": " + what + " is on as many brokers",
        path);
  }

  private void demand(boolean kept, Document document, String problem, String... path) {
    if (!kept) {
      faults.add(document.fault(String.join(".", path), problem));
    }
  }
}
