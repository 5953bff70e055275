package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether each container is told what it needs to start, and nothing that is not its own. Of a
 * function, what that is says its code; jobs read their variables themselves, so theirs are listed
 * here and looked for in their classes.
 */
final class CheckVariables {
  private static final String ENVIRONMENT = "SCRUTIN_ENVIRONMENT";
  private static final String NATS = "SCRUTIN_NATS_URL";
  private static final String REDIS = "SCRUTIN_REDIS_URL";
  private static final String POSTGRES = "SCRUTIN_POSTGRES_URL";
  private static final String PASSWORDS = "SCRUTIN_POSTGRES_PASSWORDS_DIR";

  /** On a cluster bindings are found; with Docker alone they are told by a file. */
  private static final Map<String, Set<String>> ON_CLUSTER =
      Map.of("trigger", Set.of("TRIGGER_DISCOVERY_ENABLED"));

  private static final Set<String> SERVERS =
      Set.of(
          "submit",
          "verify",
          "dedup",
          "store",
          "tally",
          "results",
          "audit",
          "contests",
          "reconcile",
          "trigger");

  private static final Map<String, Set<String>> JOBS =
      Map.of(
          "migrate", Set.of(POSTGRES, "SCRUTIN_POSTGRES_OWNER", PASSWORDS),
          "streams", Set.of(ENVIRONMENT, NATS, "SCRUTIN_VOTERS", "SCRUTIN_REPLICAS"),
          "hashgen", Set.of(ENVIRONMENT, REDIS, POSTGRES, PASSWORDS),
          "doorkeeper", Set.of(POSTGRES, "SCRUTIN_POSTGRES_PASSWORD"));

  /** Where a job's code is: those of our packages in which its variables are named. */
  static final Map<String, Set<String>> CODE =
      Map.of(
          "migrate", Set.of("postgres"),
          "streams", Set.of("broker"),
          "hashgen", Set.of("hashgen", "console"),
          "doorkeeper", Set.of("doorkeeper"));

  /** Besides: read by Micronaut, by the image's start script, or by the manifest itself. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "hashgen", Set.of("SCRUTIN_ROLL_KEY_ID", "SCRUTIN_MEMORY"),
          "trigger", Set.of("MICRONAUT_CONFIG_FILES"));

  private static final AskedSettings NOTHING = new AskedSettings(Set.of(), Set.of());
  private static final Map<String, AskedSettings> ASKED =
      SERVERS.stream().collect(Collectors.toUnmodifiableMap(name -> name, AskedSettings::of));

  private CheckVariables() {}

  /** The images that are ours. */
  static Set<String> images() {
    Set<String> images = new TreeSet<>(SERVERS);
    images.addAll(JOBS.keySet());
    return images;
  }

  static List<Fault> of(Pod pod) {
    List<Fault> faults = new ArrayList<>();
    for (Pod.Container container : pod.containers()) {
      String image = "" + container.content().getOrDefault("image", "");
      String name = image.replaceAll("[:@][^/]*$", "").replaceAll("^.*/", "");
      if (images().contains(name)) {
        Set<String> told = new TreeSet<>();
        for (Object variable : container.list("env")) {
          told.add("" + Document.asMap(variable).get("name"));
        }
        List<String> problems = new ArrayList<>(of(name, told));
        problems.addAll(missing(name, ON_CLUSTER.getOrDefault(name, Set.of()), told));
        problems.forEach(problem -> faults.add(pod.fault(container.path() + ".env", problem)));
        folders(pod, container, faults);
      }
    }
    return faults;
  }

  /** What is wrong with what an image is told, wherever it runs. */
  static List<String> of(String name, Set<String> told) {
    Set<String> needed = needed(name);
    List<String> faults = missing(name, needed, told);
    Set<String> strange = new TreeSet<>(told);
    strange.removeAll(needed);
    strange.removeAll(ALLOWED.getOrDefault(name, Set.of()));
    strange.removeAll(ON_CLUSTER.getOrDefault(name, Set.of()));
    strange.removeAll(ASKED.getOrDefault(name, NOTHING).known());
    if (SERVERS.contains(name)) {
      // Every server is told where it is, whether its own code asks or not.
      strange.remove(ENVIRONMENT);
    }
    if (!strange.isEmpty()) {
      faults.add(name + " has no use for " + strange);
    }
    return faults;
  }

  static Set<String> needed(String name) {
    return JOBS.getOrDefault(name, ASKED.getOrDefault(name, NOTHING).needed());
  }

  /** A folder that it is told of is mounted, or holds what is. */
  private static void folders(Pod pod, Pod.Container container, List<Fault> faults) {
    List<String> mounts =
        container.list("volumeMounts").stream()
            .map(mount -> Document.asMap(mount).get("mountPath") + "/")
            .toList();
    for (Object entry : container.list("env")) {
      Map<String, Object> variable = Document.asMap(entry);
      String folder = variable.get("value") + "/";
      if (("" + variable.get("name")).endsWith("_DIR")
          && mounts.stream().noneMatch(at -> folder.startsWith(at) || at.startsWith(folder))) {
        faults.add(
            pod.fault(
                container.path() + ".env",
                variable.get("name")
                    + " is "
                    + variable.get("value")
                    + ": nothing is mounted there"));
      }
    }
  }

  private static List<String> missing(String name, Set<String> needed, Set<String> told) {
    Set<String> missing = new TreeSet<>(needed);
    missing.removeAll(told);
    List<String> faults = new ArrayList<>();
    if (!missing.isEmpty()) {
      faults.add(name + " does not start without " + missing);
    }
    return faults;
  }
}
