package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether each container is told what it needs to start, and nothing that is not its own. */
final class CheckVariables {
  private static final String ENVIRONMENT = "SCRUTIN_ENVIRONMENT";
  private static final String NATS = "SCRUTIN_NATS_URL";
  private static final String REDIS = "SCRUTIN_REDIS_URL";
  private static final String POSTGRES = "SCRUTIN_POSTGRES_URL";
  private static final String PASSWORDS = "SCRUTIN_POSTGRES_PASSWORDS_DIR";

  /** By image: what it does not start without. */
  private static final Map<String, Set<String>> NEEDED =
      Map.ofEntries(
          Map.entry("submit", Set.of(ENVIRONMENT, NATS, "SUBMIT_KEYS_DIR")),
          Map.entry(
              "verify",
              Set.of(
                  ENVIRONMENT, REDIS, POSTGRES, "DATASOURCES_VERIFY_PASSWORD", "VERIFY_KEYS_DIR")),
          Map.entry("dedup", Set.of(ENVIRONMENT, REDIS, POSTGRES, "DATASOURCES_DEDUP_PASSWORD")),
          Map.entry("store", Set.of(ENVIRONMENT, POSTGRES, "DATASOURCES_STORE_PASSWORD")),
          Map.entry(
              "tally",
              Set.of(ENVIRONMENT, POSTGRES, "DATASOURCES_TALLY_PASSWORD", "TALLY_KEYS_DIR")),
          Map.entry(
              "results", Set.of(ENVIRONMENT, REDIS, POSTGRES, "DATASOURCES_RESULTS_PASSWORD")),
          Map.entry("audit", Set.of(ENVIRONMENT, POSTGRES, "DATASOURCES_AUDIT_PASSWORD")),
          Map.entry(
              "contests", Set.of(ENVIRONMENT, NATS, POSTGRES, "DATASOURCES_CONTESTS_PASSWORD")),
          Map.entry("reconcile", Set.of(ENVIRONMENT, NATS, REDIS, POSTGRES, PASSWORDS)),
          Map.entry("trigger", Set.of(ENVIRONMENT, NATS)),
          Map.entry("migrate", Set.of(POSTGRES, "SCRUTIN_POSTGRES_OWNER", PASSWORDS)),
          Map.entry("streams", Set.of(ENVIRONMENT, NATS, "SCRUTIN_VOTERS", "SCRUTIN_REPLICAS")),
          Map.entry("hashgen", Set.of(ENVIRONMENT, REDIS, POSTGRES, PASSWORDS)),
          Map.entry("doorkeeper", Set.of(ENVIRONMENT, POSTGRES, PASSWORDS)));

  /** Besides: settings that have a default. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "submit", Set.of("SUBMIT_TRUSTED_PROXIES", "SUBMIT_REQUESTS_PER_SECOND"),
          "hashgen", Set.of("SCRUTIN_ROLL_KEY_ID"),
          "trigger", Set.of("MICRONAUT_CONFIG_FILES"));

  private CheckVariables() {}

  /** The images that are ours. */
  static Set<String> images() {
    return NEEDED.keySet();
  }

  static List<Fault> of(Pod pod) {
    List<Fault> faults = new ArrayList<>();
    for (Pod.Container container : pod.containers()) {
      String image = "" + container.content().getOrDefault("image", "");
      String name = image.replaceAll("[:@][^/]*$", "").replaceAll("^.*/", "");
      if (NEEDED.containsKey(name)) {
        Set<String> told = new TreeSet<>();
        for (Object variable : container.list("env")) {
          told.add("" + Document.asMap(variable).get("name"));
        }
        for (String fault : of(name, told)) {
          faults.add(pod.fault(container.path() + ".env", fault));
        }
      }
    }
    return faults;
  }

  /** What is wrong with what an image is told. */
  static List<String> of(String name, Set<String> told) {
    Set<String> needed = NEEDED.getOrDefault(name, Set.of());
    Set<String> missing = new TreeSet<>(needed);
    missing.removeAll(told);
    Set<String> strange = new TreeSet<>(told);
    strange.removeAll(needed);
    strange.removeAll(ALLOWED.getOrDefault(name, Set.of()));
    List<String> faults = new ArrayList<>();
    if (!missing.isEmpty()) {
      faults.add(name + " does not start without " + missing);
    }
    if (!strange.isEmpty()) {
      faults.add(name + " has no use for " + strange);
    }
    return faults;
  }
}
