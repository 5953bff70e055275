package io.scrutin.manifests;

import java.util.List;
import java.util.Map;

/**
 * A value within a document.
 *
 * @param path {@code spec.containers[0].image}
 * @param key the last name in the path
 */
record Place(String path, String key, Object value) {
  /** Itself and all below it. */
  void addTo(List<Place> found) {
    found.add(this);
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, below) -> {
            if (below != null) {
              new Place(path.isEmpty() ? "" + name : path + "." + name, "" + name, below)
                  .addTo(found);
            }
          });
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        new Place(path + "[" + i + "]", key, list.get(i)).addTo(found);
      }
    }
  }

  /** Whether the path, without numbers of list entries, ends so. */
  boolean endsWith(String end) {
    String plain = path.replaceAll("\\[\\d+]", "");
    return plain.equals(end) || plain.endsWith("." + end);
  }

  String text() {
    return String.valueOf(value);
  }

  boolean isPlain() {
    return !(value instanceof Map<?, ?>) && !(value instanceof List<?>);
  }
}
