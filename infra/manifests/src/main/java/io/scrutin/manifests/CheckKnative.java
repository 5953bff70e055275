package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Knative's webhook refuses although its schema, and the model of it, have a place for it:
 * most of a pod's fields, annotations out of their range, and what contradicts itself.
 */
final class CheckKnative {
  private static final String AUTOSCALING = "autoscaling.knative.dev/";

  /** Fields that need no feature flag of the cluster. */
  private static final Set<String> POD =
      Set.of(
          "automountServiceAccountToken",
          "containerConcurrency",
          "containers",
          "enableServiceLinks",
          "idleTimeoutSeconds",
          "imagePullSecrets",
          "responseStartTimeoutSeconds",
          "serviceAccountName",
          "timeoutSeconds",
          "volumes");

  private static final Set<String> CONTAINER =
      Set.of(
          "args",
          "command",
          "env",
          "envFrom",
          "image",
          "imagePullPolicy",
          "livenessProbe",
          "name",
          "ports",
          "readinessProbe",
          "resources",
          "securityContext",
          "startupProbe",
          "terminationMessagePath",
          "terminationMessagePolicy",
          "volumeMounts",
          "workingDir");

  private static final Set<String> VOLUME =
      Set.of("name", "secret", "configMap", "projected", "emptyDir");

  private static final Set<String> CONTEXT =
      Set.of(
          "allowPrivilegeEscalation",
          "capabilities",
          "readOnlyRootFilesystem",
          "runAsGroup",
          "runAsNonRoot",
          "runAsUser",
          "seccompProfile");

  /** The cluster's default for max-revision-timeout-seconds. */
  private static final long LONGEST_SECONDS = 600;

  /** The cluster's default for container-concurrency-max-limit. */
  private static final long MOST_CONCURRENT = 1_000;

  private final List<Fault> faults = new ArrayList<>();
  private final Document document;
  private final Pod pod;

  private CheckKnative(Document document, Pod pod) {
    this.document = document;
    this.pod = pod;
  }

  static List<Fault> of(Document document) {
    Optional<Pod> pod = document.isFunction() ? Pod.of(document) : Optional.empty();
    if (pod.isEmpty()) {
      return List.of();
    }
    CheckKnative check = new CheckKnative(document, pod.get());
    check.fields();
    check.times();
    check.readiness();
    check.visibility();
    check.annotations();
    return check.faults;
  }

  private void fields() {
    only(POD, pod.path(), pod.spec());
    for (Pod.Container container : pod.containers()) {
      only(CONTAINER, container.path(), container.content());
      only(CONTEXT, container.path() + ".securityContext", container.map("securityContext"));
    }
    List<?> volumes = Document.asList(pod.spec().getOrDefault("volumes", List.of()));
    for (int i = 0; i < volumes.size(); i++) {
      only(VOLUME, pod.path() + ".volumes[" + i + "]", Document.asMap(volumes.get(i)));
    }
  }

  private void only(Set<String> allowed, String path, Map<String, Object> map) {
    for (String field : map.keySet()) {
      if (!allowed.contains(field)) {
        fault(path + "." + field, "Knative refuses it here, unless a feature flag allows it");
      }
    }
  }

  private void times() {
    long timeout = number("timeoutSeconds").orElse(LONGEST_SECONDS + 1);
    if (timeout > LONGEST_SECONDS) {
      fault(pod.path() + ".timeoutSeconds", "is 1 to " + LONGEST_SECONDS + ", and said");
    }
    for (String shorter : List.of("idleTimeoutSeconds", "responseStartTimeoutSeconds")) {
      if (number(shorter).filter(seconds -> seconds > timeout).isPresent()) {
        fault(pod.path() + "." + shorter, "is not longer than timeoutSeconds, " + timeout);
      }
    }
    long concurrent = number("containerConcurrency").orElse(-1L);
    if (concurrent < 0 || concurrent > MOST_CONCURRENT) {
      fault(
          pod.path() + ".containerConcurrency",
          "is 0 (no bound) to " + MOST_CONCURRENT + ", and said");
    }
  }

  private Optional<Long> number(String field) {
    return Numbers.whole(document.text((pod.path() + "." + field).split("\\.")));
  }

  private void readiness() {
    for (Pod.Container container : pod.containers()) {
      if (container.map("readinessProbe").isEmpty()) {
        fault(container.path() + ".readinessProbe", "a sleeper is used as soon as it is ready");
      } else if (container.map("readinessProbe").containsKey("periodSeconds")) {
        fault(
            container.path() + ".readinessProbe.periodSeconds",
            "without it the queue proxy asks every 50 ms; with it, a sleeper waits for the"
                + " kubelet");
      }
    }
  }

  private void visibility() {
    String label = "networking.knative.dev/visibility";
    Object seen = document.map("metadata", "labels").getOrDefault(label, "");
    if (!seen.equals("cluster-local")) {
      fault("metadata.labels." + label, "is cluster-local: whoever can post events can make votes");
    }
  }

  private void annotations() {
    for (var own : document.map("metadata", "annotations").entrySet()) {
      if (own.getKey().startsWith(AUTOSCALING)) {
        fault("metadata.annotations." + own.getKey(), "Knative reads it on spec.template only");
      }
    }
    Map<String, Object> scaling = document.map("spec", "template", "metadata", "annotations");
    scaling.forEach(
        (key, value) -> {
          String path = "spec.template.metadata.annotations." + key;
          if (!(value instanceof String text)) {
            fault(path, "an annotation is a text: put " + value + " in quotes");
          } else if (key.startsWith(AUTOSCALING)) {
            ScaleAnnotation.problem(key.substring(AUTOSCALING.length()), text)
                .ifPresent(problem -> fault(path, problem));
          } else if (key.startsWith("scrutin.io/")) {
            fault(path, "the trigger reads it on the Service's own metadata");
          }
        });
    bounds(scaling);
  }

  /** Zero while nobody votes, and never without an upper bound. */
  private void bounds(Map<String, Object> scaling) {
    String path = "spec.template.metadata.annotations." + AUTOSCALING;
    String most = String.valueOf(scaling.getOrDefault(AUTOSCALING + "max-scale", "0"));
    long max = Numbers.whole(most).orElse(0L);
    if (max < 1) {
      fault(path + "max-scale", "says how many replicas there are at most; 0 is no bound");
    }
    for (String least : List.of("min-scale", "initial-scale")) {
      if (!"0".equals(scaling.get(AUTOSCALING + least))) {
        fault(path + least, "is \"0\": a function costs nothing while nobody votes");
      }
    }
    String warm = document.text("metadata", "annotations", "scrutin.io/warm-scale");
    if (!warm.isEmpty() && Numbers.whole(warm).filter(n -> n >= 1 && n <= max).isEmpty()) {
      fault("metadata.annotations.scrutin.io/warm-scale", "is 1 to max-scale, " + max);
    }
  }

  private void fault(String path, String problem) {
    faults.add(document.fault(path, problem));
  }
}
