package io.scrutin.manifests;

import java.util.List;
import java.util.Set;

/**
 * A secret of {@code knative/secrets.yaml}.
 *
 * @param keys what is in it; a star for names that nobody knows beforehand
 * @param by the names of those documents that may use it
 * @param from who makes it
 */
record Secret(String name, List<String> keys, Set<String> by, String from) {
  Secret {
    keys = List.copyOf(keys);
    by = Set.copyOf(by);
  }

  boolean has(String key) {
    return keys.contains(key) || keys.contains("*");
  }
}
