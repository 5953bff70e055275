package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The system for a laptop with Docker: told the same, restricted the same, started in order. */
final class CheckCompose {
  private static final Set<String> KEYS =
      Set.of(
          "build",
          "cap_drop",
          "command",
          "depends_on",
          "entrypoint",
          "environment",
          "healthcheck",
          "image",
          "mem_limit",
          "ports",
          "profiles",
          "read_only",
          "restart",
          "security_opt",
          "stop_grace_period",
          "tmpfs",
          "user",
          "volumes");

  private static final Set<String> CONDITIONS =
      Set.of("service_healthy", "service_completed_successfully");

  /** Commands that somebody gives, by the image that holds them and what they are told besides. */
  private static final Map<String, String> TOOLS =
      Map.of("hashgen", "hashgen", "contest", "contests");

  private static final Map<String, Set<String>> TOLD_TOOLS =
      Map.of(
          "hashgen", Set.of("SCRUTIN_PEPPER_FILE"),
          "contest",
              Set.of(
                  "SCRUTIN_REDIS_URL",
                  "SCRUTIN_POSTGRES_PASSWORDS_DIR",
                  "SCRUTIN_BALLOT_KEYS_DIR",
                  "SCRUTIN_SIGNING_KEY_FILE"));

  /** They end when they are done. */
  private static final Set<String> JOBS = Set.of("migrate", "streams", "hashgen", "contest");

  /** Another tag could be pulled from somewhere: these are built here. */
  private static final String TAG = ":local";

  /** By a part of a path: who may see what lies there. */
  private static final Map<String, Set<String>> MAY_SEE =
      Map.of(
          "secrets/submit", Set.of("submit", "hashgen"),
          "secrets/verify", Set.of("verify"),
          "secrets/tally", Set.of("tally", "contest"),
          "secrets/election", Set.of("hashgen", "contest"),
          "secrets/postgres", Set.of("migrate", "postgres", "reconcile", "hashgen", "contest"));

  /** Of a folder that more than one sees: these see no more of it than one file. */
  private static final Map<String, String> ONE_FILE =
      Map.of(
          "reconcile", "secrets/postgres/reconcile:",
          "hashgen", "secrets/postgres/hashgen:",
          "postgres", "secrets/postgres/owner:");

  private final List<Fault> faults = new ArrayList<>();
  private final Document compose;

  private CheckCompose(Document compose) {
    this.compose = compose;
  }

  static List<Fault> of(Document compose) {
    CheckCompose check = new CheckCompose(compose);
    Map<String, Object> services = compose.map("services");
    services.forEach((name, service) -> check.service(name, merged(Document.asMap(service))));
    return check.faults;
  }

  /** What {@code <<} brings in stands below what the service says itself. */
  static Map<String, Object> merged(Map<String, Object> service) {
    Map<String, Object> merged =
        new TreeMap<>(Document.asMap(service.getOrDefault("<<", Map.of())));
    service.forEach(
        (key, value) -> {
          if (!key.equals("<<")) {
            merged.put(key, value);
          }
        });
    return merged;
  }

  private void service(String name, Map<String, Object> service) {
    for (String key : service.keySet()) {
      if (!KEYS.contains(key)) {
        fault(name, key, "there is no such field: a misspelt one?");
      }
    }
    if (!service.containsKey("healthcheck") && !JOBS.contains(name)) {
      fault(name, "healthcheck", "others wait for it");
    }
    dependencies(name, Document.asMap(service.getOrDefault("depends_on", Map.of())));
    published(name, Document.asList(service.getOrDefault("ports", List.of())));
    secrets(name, Document.asList(service.getOrDefault("volumes", List.of())));
    if (("" + service.get("image")).startsWith("scrutin/")) {
      ours(name, service);
    }
  }

  private void ours(String name, Map<String, Object> service) {
    String image = "" + service.get("image");
    String built = TOOLS.getOrDefault(name, name);
    if (!image.equals("scrutin/" + built + TAG) || !CheckVariables.images().contains(built)) {
      fault(name, "image", "nobody builds " + image + "; it is scrutin/" + built + TAG);
    }
    Map<String, Object> build = Document.asMap(service.getOrDefault("build", Map.of()));
    Map<String, Object> arguments = Document.asMap(build.getOrDefault("args", Map.of()));
    if (!built.equals(arguments.get("NAME"))) {
      fault(name, "build.args.NAME", "is " + built);
    }
    boolean asked = List.of("tools").equals(service.get("profiles"));
    if (asked != TOOLS.containsKey(name)) {
      fault(name, "profiles", "is [tools] for a command, and for nothing that runs by itself");
    }
    told(name, Document.asMap(service.getOrDefault("environment", Map.of())).keySet());
    if (!JOBS.contains(name) && !Boolean.TRUE.equals(service.get("read_only"))) {
      fault(name, "read_only", "is true, as on a cluster");
    }
  }

  private void told(String name, Set<String> variables) {
    Set<String> told = new TreeSet<>(variables);
    if (name.equals("contest")) {
      // It is no function: who gives the command logs in with the file that lies there.
      told.add("DATASOURCES_CONTESTS_PASSWORD");
    }
    Set<String> besides = TOLD_TOOLS.getOrDefault(name, Set.of());
    if (!told.containsAll(besides)) {
      fault(name, "environment", "is told " + besides.stream().sorted().toList() + " too");
    }
    told.removeAll(besides);
    CheckVariables.of(TOOLS.getOrDefault(name, name), told)
        .forEach(problem -> fault(name, "environment", problem));
  }

  private void dependencies(String name, Map<String, Object> dependencies) {
    dependencies.forEach(
        (other, how) -> {
          String condition = "" + Document.asMap(how).get("condition");
          if (compose.at("services", other).isEmpty()) {
            fault(name, "depends_on." + other, "there is no such service");
          } else if (!CONDITIONS.contains(condition)
              || JOBS.contains(other) != condition.equals("service_completed_successfully")) {
            fault(name, "depends_on." + other, "'" + condition + "' never comes true of it");
          }
        });
  }

  /** A laptop is on other people's networks. */
  private void published(String name, List<?> ports) {
    for (Object port : ports) {
      if (!name.equals("entrance") || !("" + port).startsWith("127.0.0.1:")) {
        fault(name, "ports", port + ": only the entrance is published, on 127.0.0.1");
      }
    }
  }

  private void secrets(String name, List<?> volumes) {
    for (Object volume : volumes) {
      String text = "" + volume;
      String one = ONE_FILE.get(name);
      if (one != null && text.contains("secrets/postgres") && !text.contains(one)) {
        fault(name, "volumes", "sees of the passwords " + one + " alone");
      }
      if (name.equals("hashgen")
          && text.contains("secrets/submit")
          && !text.contains("/pepper.key:")) {
        fault(name, "volumes", "sees the pepper, and no other key of submit");
      }
      MAY_SEE.forEach(
          (path, who) -> {
            if (text.contains(path) && !who.contains(name)) {
              fault(name, "volumes", path + " is for " + who.stream().sorted().toList());
            }
          });
    }
  }

  private void fault(String service, String path, String problem) {
    faults.add(new Fault(compose.file(), "compose", service, path, problem));
  }
}
