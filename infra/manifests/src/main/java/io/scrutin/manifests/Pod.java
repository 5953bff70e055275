package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a document starts.
 *
 * @param owner the document
 * @param path to the pod's spec
 */
record Pod(Document owner, String path, Map<String, Object> labels, Map<String, Object> spec) {
  /** A container, and the path to it. */
  record Container(String path, Map<String, Object> content) {
    /** Whether we build its image, wherever that comes from. */
    boolean isOurs() {
      return ("" + content.get("image")).matches("(.*/)?scrutin/.*");
    }

    Map<String, Object> map(String key) {
      return Document.asMap(content.getOrDefault(key, Map.of()));
    }

    List<?> list(String key) {
      return Document.asList(content.getOrDefault(key, List.of()));
    }
  }

  static Optional<Pod> of(Document document) {
    return document
        .podPath()
        .map(
            path -> {
              Map<String, Object> template = document.map(path.split("\\."));
              Map<String, Object> metadata =
                  Document.asMap(template.getOrDefault("metadata", Map.of()));
              return new Pod(
                  document,
                  path + ".spec",
                  Document.asMap(metadata.getOrDefault("labels", Map.of())),
                  Document.asMap(template.getOrDefault("spec", Map.of())));
            });
  }

  static List<Pod> in(List<Document> documents) {
    return documents.stream().flatMap(document -> of(document).stream()).toList();
  }

  List<Container> containers() {
    List<Container> found = new ArrayList<>();
    for (String kind : List.of("containers", "initContainers")) {
      List<?> list = Document.asList(spec.getOrDefault(kind, List.of()));
      for (int i = 0; i < list.size(); i++) {
        found.add(new Container(path + "." + kind + "[" + i + "]", Document.asMap(list.get(i))));
      }
    }
    return found;
  }

  /** Everything below the pod's spec. */
  List<Place> places() {
    List<Place> found = new ArrayList<>();
    new Place(path, "spec", spec).addTo(found);
    return found;
  }

  Fault fault(String place, String problem) {
    return owner.fault(place, problem);
  }
}
