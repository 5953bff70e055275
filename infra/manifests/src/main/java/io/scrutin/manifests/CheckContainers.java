package io.scrutin.manifests;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Each container: restricted, bounded, probed where it serves, and whole in itself. */
final class CheckContainers {
  private final List<Fault> faults = new ArrayList<>();
  private final Pod pod;

  private CheckContainers(Pod pod) {
    this.pod = pod;
  }

  static List<Fault> of(Pod pod) {
    CheckContainers check = new CheckContainers(pod);
    if (pod.containers().isEmpty()) {
      check.faults.add(pod.fault(pod.path() + ".containers", "there is none"));
    }
    for (Pod.Container container : pod.containers()) {
      check.restricted(container);
      check.bounded(container);
      check.mounts(container);
      check.variables(container);
      check.probes(container);
    }
    return check.faults;
  }

  private void restricted(Pod.Container container) {
    Map<String, Object> context = container.map("securityContext");
    String path = container.path() + ".securityContext.";
    is(context, path, "runAsNonRoot", true);
    is(context, path, "allowPrivilegeEscalation", false);
    is(context, path, "readOnlyRootFilesystem", true);
    if (context.getOrDefault("runAsUser", 1) instanceof Number user && user.longValue() == 0) {
      faults.add(pod.fault(path + "runAsUser", "is not 0: that is root"));
    }
    Map<String, Object> capabilities =
        Document.asMap(context.getOrDefault("capabilities", Map.of()));
    if (!List.of("ALL").equals(capabilities.get("drop")) || capabilities.containsKey("add")) {
      faults.add(pod.fault(path + "capabilities", "drops ALL, and adds none"));
    }
    Map<String, Object> seccomp = Document.asMap(context.getOrDefault("seccompProfile", Map.of()));
    if (!"RuntimeDefault".equals(seccomp.get("type"))) {
      faults.add(pod.fault(path + "seccompProfile.type", "is RuntimeDefault"));
    }
    for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (pod.spec().containsKey(shared)) {
        faults.add(pod.fault(pod.path() + "." + shared, "nothing of the machine is shared"));
      }
    }
  }

  private void is(Map<String, Object> context, String path, String field, boolean wanted) {
    if (!Boolean.valueOf(wanted).equals(context.get(field))) {
      faults.add(pod.fault(path + field, "is " + wanted + ", and said"));
    }
  }

  private void bounded(Pod.Container container) {
    Map<String, Object> resources = container.map("resources");
    Map<String, Object> requests = Document.asMap(resources.getOrDefault("requests", Map.of()));
    Map<String, Object> limits = Document.asMap(resources.getOrDefault("limits", Map.of()));
    for (String resource : List.of("cpu", "memory")) {
      String path = container.path() + ".resources.";
      Optional<BigDecimal> request = Numbers.quantity("" + requests.get(resource));
      Optional<BigDecimal> limit = Numbers.quantity("" + limits.get(resource));
      if (request.isEmpty()) {
        faults.add(pod.fault(path + "requests." + resource, "says what it needs"));
      }
      if (limit.isEmpty()) {
        faults.add(pod.fault(path + "limits." + resource, "says what it gets at most"));
      }
      if (request.isPresent() && limit.isPresent() && request.get().compareTo(limit.get()) > 0) {
        faults.add(
            pod.fault(
                path + "requests." + resource,
                requests.get(resource) + " is more than the limit, " + limits.get(resource)));
      }
    }
  }

  private void mounts(Pod.Container container) {
    Set<String> volumes = names(Document.asList(pod.spec().getOrDefault("volumes", List.of())));
    List<?> mounts = container.list("volumeMounts");
    Set<String> places = new TreeSet<>();
    for (int i = 0; i < mounts.size(); i++) {
      Map<String, Object> mount = Document.asMap(mounts.get(i));
      String path = container.path() + ".volumeMounts[" + i + "]";
      if (!volumes.contains("" + mount.get("name"))) {
        faults.add(pod.fault(path + ".name", "the pod has no volume " + mount.get("name")));
      }
      String place = "" + mount.get("mountPath");
      if (!place.startsWith("/") || !places.add(place)) {
        faults.add(pod.fault(path + ".mountPath", "'" + place + "' is a path of its own from /"));
      }
    }
  }

  private void variables(Pod.Container container) {
    List<?> variables = container.list("env");
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < variables.size(); i++) {
      Map<String, Object> variable = Document.asMap(variables.get(i));
      String name = "" + variable.get("name");
      String path = container.path() + ".env[" + i + "]";
      if (!seen.add(name)) {
        faults.add(pod.fault(path, name + " is there twice"));
      }
      if (variable.containsKey("value") == variable.containsKey("valueFrom")) {
        faults.add(pod.fault(path, name + " has a value, or says where from: one of both"));
      }
    }
  }

  /** A port of a probe has a number or the name of one; on Knative it is the container's. */
  private void probes(Pod.Container container) {
    for (String kind : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      Map<String, Object> probe = container.map(kind);
      long ways =
          List.of("httpGet", "exec", "tcpSocket", "grpc").stream()
              .filter(probe::containsKey)
              .count();
      if (!probe.isEmpty() && ways != 1) {
        faults.add(pod.fault(container.path() + "." + kind, "asks in one way: httpGet, exec …"));
      }
      Map<String, Object> get = Document.asMap(probe.getOrDefault("httpGet", Map.of()));
      if (container.isOurs()
          && !get.isEmpty()
          && !("" + get.get("path")).matches("/health/(liveness|readiness)")) {
        faults.add(
            pod.fault(
                container.path() + "." + kind + ".httpGet.path",
                "'" + get.get("path") + "' is neither /health/readiness nor /health/liveness"));
      }
    }
  }

  private static Set<String> names(List<?> list) {
    Set<String> names = new TreeSet<>();
    list.forEach(entry -> names.add("" + Document.asMap(entry).get("name")));
    return names;
  }
}
