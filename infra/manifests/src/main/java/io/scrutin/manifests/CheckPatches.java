package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether what an overlay changes is there: kustomize 5 lets a patch without a target pass. */
final class CheckPatches {
  private CheckPatches() {}

  static List<Fault> of(Document kustomization, List<Document> documents) {
    List<Fault> faults = new ArrayList<>();
    List<?> patches = Document.asList(kustomization.at("patchesJson6902").orElse(List.of()));
    for (int i = 0; i < patches.size(); i++) {
      Map<String, Object> target =
          Document.asMap(Document.asMap(patches.get(i)).getOrDefault("target", Map.of()));
      if (documents.stream().noneMatch(document -> is(document, target))) {
        faults.add(
            kustomization.fault(
                "patchesJson6902[" + i + "].target",
                "there is no " + target.get("kind") + " " + target.get("name") + " to patch"));
      }
    }
    List<?> images = Document.asList(kustomization.at("images").orElse(List.of()));
    for (int i = 0; i < images.size(); i++) {
      String name = "" + Document.asMap(images.get(i)).get("name");
      if (!CheckVariables.images().contains(name.replaceFirst("^scrutin/", ""))) {
        faults.add(kustomization.fault("images[" + i + "].name", "nobody builds " + name));
      }
    }
    return faults;
  }

  private static boolean is(Document document, Map<String, Object> target) {
    String group = "" + target.getOrDefault("group", "");
    String version = "" + target.getOrDefault("version", "");
    return document.kind().equals(target.get("kind"))
        && document.name().equals(target.get("name"))
        && document.apiVersion().equals(group.isEmpty() ? version : group + "/" + version);
  }
}
