package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Values that no API server takes, or that it takes and nobody meant: what the models leave open as
 * a text or a number.
 */
final class CheckValues {
  /** By the end of the path, the words that may stand there. */
  private static final Map<String, Set<String>> WORDS =
      Map.ofEntries(
          Map.entry("imagePullPolicy", Set.of("Always", "IfNotPresent", "Never")),
          Map.entry("concurrencyPolicy", Set.of("Allow", "Forbid", "Replace")),
          Map.entry("whenUnsatisfiable", Set.of("DoNotSchedule", "ScheduleAnyway")),
          Map.entry("policyTypes", Set.of("Ingress", "Egress")),
          Map.entry("accessModes", Set.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany")),
          Map.entry("terminationMessagePolicy", Set.of("File", "FallbackToLogsOnError")),
          Map.entry("seccompProfile.type", Set.of("RuntimeDefault")),
          Map.entry("strategy.type", Set.of("RollingUpdate", "Recreate")),
          Map.entry("path.type", Set.of("Exact", "PathPrefix")),
          Map.entry("method", Set.of("GET", "POST", "PUT", "DELETE", "any", "first", "plugin")),
          Map.entry("filters.type", Set.of("URLRewrite", "RequestHeaderModifier")),
          Map.entry("listeners.protocol", Set.of("HTTP", "HTTPS", "TLS")),
          Map.entry("ports.protocol", Set.of("TCP", "UDP")),
          Map.entry("tls.mode", Set.of("Terminate", "Passthrough")),
          Map.entry("namespaces.from", Set.of("Same", "All", "Selector")),
          Map.entry("roleRef.kind", Set.of("Role", "ClusterRole")),
          Map.entry("subjects.kind", Set.of("ServiceAccount")),
          Map.entry("dataDurability", Set.of("required", "preferred")),
          Map.entry("podAntiAffinityType", Set.of("required", "preferred")),
          Map.entry("backupOwnerReference", Set.of("none", "self", "cluster")),
          Map.entry("wal.compression", Set.of("gzip", "bzip2", "snappy", "zstd", "lz4")));

  private static final Pattern QUANTITY =
      Pattern.compile("[0-9]+(\\.[0-9]+)?(m|[kMGTPE]|[KMGTPE]i)?");

  /** GEP-2257. */
  private static final Pattern ROUTE_TIMEOUT = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");

  private static final Set<String> RESOURCES =
      Set.of("cpu", "memory", "ephemeral-storage", "storage");

  private static final Set<String> SECONDS =
      Set.of(
          "periodSeconds",
          "failureThreshold",
          "successThreshold",
          "timeoutSeconds",
          "terminationGracePeriodSeconds",
          "activeDeadlineSeconds",
          "startingDeadlineSeconds",
          "maxSkew");

  private final List<Fault> faults = new ArrayList<>();
  private final Document document;

  private CheckValues(Document document) {
    this.document = document;
  }

  static List<Fault> of(Document document) {
    CheckValues check = new CheckValues(document);
    for (Place place : document.places()) {
      if (place.isPlain() && !place.path().startsWith("data.")) {
        check.words(place);
        check.durations(place);
        check.ports(place);
        check.counts(place);
      } else if (place.value() instanceof Map<?, ?> map) {
        check.quantities(place, Document.asMap(map));
      }
    }
    check.schedule();
    return check.faults;
  }

  private void words(Place place) {
    WORDS.forEach(
        (end, words) -> {
          if (place.endsWith(end) && !words.contains(place.text())) {
            fault(place, "'" + place.text() + "' is none of " + String.join(", ", sorted(words)));
          }
        });
    if (place.endsWith("restartPolicy")) {
      Set<String> words =
          document.kind().equals("Deployment") ? Set.of("Always") : Set.of("Never", "OnFailure");
      if (!words.contains(place.text())) {
        fault(place, "'" + place.text() + "' is none of " + String.join(", ", sorted(words)));
      }
    }
  }

  private void quantities(Place place, Map<String, Object> map) {
    boolean resources = place.endsWith("requests") || place.endsWith("limits");
    if (resources) {
      map.forEach(
          (name, value) -> {
            if (!RESOURCES.contains(name)) {
              fault(place, "there is no resource '" + name + "'; known are " + sorted(RESOURCES));
            }
            quantity(place.path() + "." + name, String.valueOf(value));
          });
    }
    for (String size : List.of("sizeLimit", "size")) {
      if (map.get(size) instanceof Object value) {
        quantity(place.path() + "." + size, String.valueOf(value));
      }
    }
  }

  private void quantity(String path, String value) {
    if (!QUANTITY.matcher(value).matches()) {
      faults.add(
          document.fault(path, "'" + value + "' is no quantity; write 500m, 2, 512Mi or 2Gi"));
    }
  }

  private void durations(Place place) {
    if (place.endsWith("timeouts.request") || place.endsWith("timeouts.backendRequest")) {
      if (!ROUTE_TIMEOUT.matcher(place.text()).matches()) {
        fault(place, "'" + place.text() + "' is no duration; write 50s or 1m30s");
      }
    } else if (place.endsWith("retentionPolicy") && !place.text().matches("[1-9][0-9]*[dwm]")) {
      fault(place, "'" + place.text() + "' is no retention; write 90d, 4w or 3m");
    }
  }

  private void ports(Place place) {
    boolean port =
        Set.of("port", "containerPort", "targetPort", "hostPort", "endPort").contains(place.key());
    if (port && Numbers.whole(place.text()).filter(n -> n < 1 || n > 65_535).isPresent()) {
      fault(place, place.text() + " is no port; ports are 1 to 65535");
    } else if (port && place.value() instanceof String name && !Numbers.isWhole(name)) {
      if (place.key().equals("containerPort") || !portNames().contains(name)) {
        fault(place, "no container has a port named '" + name + "'");
      }
    }
  }

  /** Of the document itself; a Service's target is looked for by {@link CheckReferences}. */
  private Set<String> portNames() {
    if (document.is("v1", "Service")) {
      return Set.of(document.name());
    }
    return Set.copyOf(
        document.places().stream()
            .filter(place -> place.endsWith("ports.name"))
            .map(Place::text)
            .distinct()
            .toList());
  }

  private void counts(Place place) {
    boolean atLeastOne = SECONDS.contains(place.key());
    boolean atLeastNone =
        Set.of("replicas", "backoffLimit", "minAvailable", "initialDelaySeconds", "instances")
            .contains(place.key());
    if (atLeastOne || atLeastNone) {
      Optional<Long> number = Numbers.whole(place.text());
      if (number.isEmpty() || number.get() < (atLeastOne ? 1 : 0)) {
        fault(place, place.text() + " is no number of at least " + (atLeastOne ? 1 : 0));
      }
    }
  }

  private void schedule() {
    if (document.kind().equals("CronJob") || document.kind().equals("ScheduledBackup")) {
      String schedule = document.text("spec", "schedule");
      boolean seconds = document.kind().equals("ScheduledBackup");
      CronSchedule.problem(schedule, seconds)
          .ifPresent(problem -> faults.add(document.fault("spec.schedule", problem)));
    }
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }

  private void fault(Place place, String problem) {
    faults.add(document.fault(place.path(), problem));
  }
}
