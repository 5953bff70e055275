package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One document of a rendered overlay.
 *
 * @param file where it is written, before patches
 */
record Document(String file, Map<String, Object> content) {
  String apiVersion() {
    return text("apiVersion");
  }

  String kind() {
    return text("kind");
  }

  String name() {
    return text("metadata", "name");
  }

  boolean is(String group, String kind) {
    return kind().equals(kind) && apiVersion().startsWith(group);
  }

  boolean isFunction() {
    return is("serving.knative.dev/", "Service");
  }

  Fault fault(String path, String problem) {
    return new Fault(file, kind(), name(), path, problem);
  }

  /** What stands there, or nothing. */
  Optional<Object> at(String... path) {
    Object here = content;
    for (String step : path) {
      if (!(here instanceof Map<?, ?> map) || map.get(step) == null) {
        return Optional.empty();
      }
      here = map.get(step);
    }
    return Optional.of(here);
  }

  /** What stands there, or an empty text. */
  String text(String... path) {
    return at(path).map(String::valueOf).orElse("");
  }

  Map<String, Object> map(String... path) {
    return at(path).map(Document::asMap).orElse(Map.of());
  }

  /** Every value of it, with the path to it. */
  List<Place> places() {
    List<Place> found = new ArrayList<>();
    new Place("", "", content).addTo(found);
    return found;
  }

  /** The path to the pod that it starts, if it starts any. */
  Optional<String> podPath() {
    return switch (kind()) {
      case "Service" -> isFunction() ? Optional.of("spec.template") : Optional.empty();
      case "Deployment", "StatefulSet", "DaemonSet", "Job" -> Optional.of("spec.template");
      case "CronJob" -> Optional.of("spec.jobTemplate.spec.template");
      case String _ -> Optional.empty();
    };
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> asMap(Object value) {
    return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
  }

  static List<?> asList(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
