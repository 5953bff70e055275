package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What accounts may do: as little as is listed here, whatever a role says. */
final class CheckRights {
  private static final Set<String> READ = Set.of("get", "list", "watch");

  /** By role, what of which resource it may do at most. */
  private static final Map<String, Map<String, Set<String>>> AT_MOST =
      Map.of(
          "trigger", Map.of("serving.knative.dev/services", READ),
          "doorkeeper",
              Map.of(
                  "serving.knative.dev/services", Set.of("get", "list", "patch"),
                  "sources.knative.dev/pingsources",
                      Set.of("get", "list", "create", "update", "delete")));

  private CheckRights() {}

  static List<Fault> of(List<Document> documents) {
    List<Fault> faults = new ArrayList<>();
    for (Document document : documents) {
      switch (document.kind()) {
        case "Role" -> role(document, faults);
        case "ClusterRole", "ClusterRoleBinding" ->
            faults.add(document.fault("kind", "nobody's rights go beyond the namespace"));
        case "RoleBinding" -> binding(document, faults);
        case "ServiceAccount" -> account(document, faults);
        case String _ -> {
          // Gives no rights.
        }
      }
    }
    return faults;
  }

  private static void role(Document document, List<Fault> faults) {
    Map<String, Set<String>> allowed = AT_MOST.getOrDefault(document.name(), Map.of());
    List<?> rules = Document.asList(document.at("rules").orElse(List.of()));
    for (int i = 0; i < rules.size(); i++) {
      Map<String, Object> rule = Document.asMap(rules.get(i));
      for (String group : texts(rule, "apiGroups")) {
        for (String resource : texts(rule, "resources")) {
          Set<String> verbs = texts(rule, "verbs");
          verbs.removeAll(allowed.getOrDefault(group + "/" + resource, Set.of()));
          if (!verbs.isEmpty()) {
            faults.add(
                document.fault(
                    "rules[" + i + "]",
                    document.name() + " may not " + verbs + " " + group + "/" + resource));
          }
        }
      }
    }
  }

  private static Set<String> texts(Map<String, Object> rule, String key) {
    Set<String> texts = new TreeSet<>();
    Document.asList(rule.getOrDefault(key, List.of())).forEach(text -> texts.add("" + text));
    return texts;
  }

  private static void binding(Document document, List<Fault> faults) {
    if (!document.text("roleRef", "kind").equals("Role")) {
      faults.add(document.fault("roleRef.kind", "is a Role of this namespace"));
    }
    for (Object subject : Document.asList(document.at("subjects").orElse(List.of()))) {
      if (!document.text("roleRef", "name").equals(Document.asMap(subject).get("name"))) {
        faults.add(document.fault("subjects", "a role is for the account of its name"));
      }
    }
  }

  /** Who asks Kubernetes nothing has no token that could be stolen. */
  private static void account(Document document, List<Fault> faults) {
    boolean asks = AT_MOST.containsKey(document.name());
    boolean off = document.text("automountServiceAccountToken").equals("false");
    if (!asks && !off) {
      faults.add(
          document.fault("automountServiceAccountToken", "is false: it asks Kubernetes nothing"));
    }
  }
}
