package io.scrutin.manifests;

/**
 * Something that would go wrong on a cluster.
 *
 * @param path where in the document, as in {@code spec.template.spec.containers[0].image}
 * @param problem what is wrong, and what to do about it
 */
record Fault(String file, String kind, String name, String path, String problem) {
  @Override
  public String toString() {
    return file + ": " + kind + " " + name + ": " + path + ": " + problem;
  }
}
