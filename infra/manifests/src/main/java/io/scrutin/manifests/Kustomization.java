package io.scrutin.manifests;

import java.util.List;

/** A {@code kustomization.yaml}, as far as both kustomize 2 and 5 read it. */
record Kustomization(
    String apiVersion,
    String kind,
    List<String> bases,
    List<String> resources,
    List<String> patchesStrategicMerge,
    List<Patch> patchesJson6902,
    List<Image> images) {

  record Patch(Target target, String path) {}

  record Target(String group, String version, String kind, String name, String namespace) {}

  record Image(String name, String newName, String newTag, String digest) {}
}
