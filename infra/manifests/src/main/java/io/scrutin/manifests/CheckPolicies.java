package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who reaches whom. Whoever could post to a function could make votes, so nobody but Knative gets
 * there; and a pod reaches a store when it is told where that is, and else does not.
 */
final class CheckPolicies {
  private static final String OURS = "app.kubernetes.io/part-of";
  private static final String KIND = "scrutin.io/is";
  private static final String NAMESPACE = "kubernetes.io/metadata.name";

  /** By the label that lets a pod reach it: what the pod is told then. */
  private static final Map<String, String> STORES =
      Map.of(
          "scrutin.io/uses-nats", "SCRUTIN_NATS_URL",
          "scrutin.io/uses-postgres", "SCRUTIN_POSTGRES_URL",
          "scrutin.io/uses-redis", "SCRUTIN_REDIS_URL");

  /** Their parts pass calls on, or ask for the load. */
  private static final Set<String> KNATIVE = Set.of("knative-serving", "kourier-system");

  /** Where the gateway within and the activator take calls. */
  private static final Set<String> PASSED_ON = Set.of("8081", "8012", "8013", "8112");

  /** Where a queue proxy tells figures, and takes no call. */
  private static final Set<String> FIGURES = Set.of("9091");

  /** Of the function itself: past the queue proxy, and past its bound of calls at once. */
  private static final String OWN_PORT = "8080";

  private CheckPolicies() {}

  static List<Fault> of(List<Document> documents) {
    List<Fault> faults = new ArrayList<>();
    List<Document> policies =
        documents.stream().filter(document -> document.kind().equals("NetworkPolicy")).toList();
    if (policies.stream().noneMatch(CheckPolicies::closesEverything)) {
      documents.stream()
          .filter(document -> document.kind().equals("Namespace"))
          .forEach(space -> faults.add(space.fault("metadata", "no policy closes what is ours")));
    }
    policies.forEach(policy -> ingress(policy, faults));
    Pod.in(documents).stream().filter(CheckPolicies::isOurs).forEach(pod -> labels(pod, faults));
    return faults;
  }

  private static boolean closesEverything(Document policy) {
    return policy.map("spec", "podSelector", "matchLabels").equals(Map.of(OURS, "scrutin"))
        && policy
            .at("spec", "policyTypes")
            .map(Document::asList)
            .filter(types -> types.contains("Ingress") && types.contains("Egress"))
            .isPresent()
        && policy.at("spec", "ingress").isEmpty()
        && policy.at("spec", "egress").isEmpty();
  }

  private static void ingress(Document policy, List<Fault> faults) {
    List<?> rules = Document.asList(policy.at("spec", "ingress").orElse(List.of()));
    for (int i = 0; i < rules.size(); i++) {
      String path = "spec.ingress[" + i + "]";
      Map<String, Object> rule = Document.asMap(rules.get(i));
      List<?> from = Document.asList(rule.getOrDefault("from", List.of()));
      if (from.isEmpty() && !harmless(policy, ports(rule))) {
        faults.add(policy.fault(path + ".from", "lets everybody in"));
      }
      if (selectsFunctions(policy) && !ports(rule).equals(FIGURES)) {
        call(policy, path, from, ports(rule), faults);
      }
    }
  }

  /** Whether everybody may come: where Knative is, to what passes no call on to a function. */
  private static boolean harmless(Document policy, Set<String> ports) {
    return KNATIVE.contains(policy.text("metadata", "namespace"))
        && !ports.isEmpty()
        && ports.stream().noneMatch(PASSED_ON::contains);
  }

  private static boolean selectsFunctions(Document policy) {
    Map<String, Object> labels = policy.map("spec", "podSelector", "matchLabels");
    return policy.text("metadata", "namespace").equals("scrutin")
        && (labels.isEmpty()
            || labels.containsKey(KIND)
            || labels.equals(Map.of(OURS, "scrutin"))
            || labels.keySet().stream().anyMatch(STORES::containsKey));
  }

  private static void call(
      Document policy, String path, List<?> from, Set<String> ports, List<Fault> faults) {
    for (Object peer : from) {
      Map<String, Object> selector =
          Document.asMap(Document.asMap(peer).getOrDefault("namespaceSelector", Map.of()));
      Map<String, Object> labels = Document.asMap(selector.getOrDefault("matchLabels", Map.of()));
      if (!KNATIVE.contains("" + labels.get(NAMESPACE))) {
        faults.add(policy.fault(path + ".from", "functions are called by Knative alone"));
      }
    }
    if (ports.isEmpty() || ports.contains(OWN_PORT)) {
      faults.add(policy.fault(path + ".ports", "nobody reaches a function past its queue proxy"));
    }
  }

  private static Set<String> ports(Map<String, Object> rule) {
    Set<String> ports = new TreeSet<>();
    Document.asList(rule.getOrDefault("ports", List.of()))
        .forEach(port -> ports.add("" + Document.asMap(port).get("port")));
    return ports;
  }

  private static boolean isOurs(Pod pod) {
    return pod.containers().stream()
        .anyMatch(container -> ("" + container.content().get("image")).contains("scrutin/"));
  }

  private static void labels(Pod pod, List<Fault> faults) {
    if (!"scrutin".equals(pod.labels().get(OURS))) {
      faults.add(pod.fault(pod.path(), "no policy closes a pod without the label " + OURS));
    }
    if (pod.owner().isFunction() != "function".equals(pod.labels().get(KIND))) {
      faults.add(pod.fault(pod.path(), "the label " + KIND + " is a function's, and each has it"));
    }
    Set<String> told = told(pod);
    STORES.forEach(
        (label, variable) -> {
          if (told.contains(variable) != pod.labels().containsKey(label)) {
            faults.add(
                pod.fault(
                    pod.path(), "the label " + label + " goes with the variable " + variable));
          }
        });
  }

  private static Set<String> told(Pod pod) {
    Set<String> told = new TreeSet<>();
    for (Pod.Container container : pod.containers()) {
      container.list("env").forEach(entry -> told.add("" + Document.asMap(entry).get("name")));
    }
    return told;
  }
}
