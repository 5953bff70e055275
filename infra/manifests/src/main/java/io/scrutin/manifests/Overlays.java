package io.scrutin.manifests;

import io.scrutin.servers.RenderingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Renders each overlay of a tree and checks what came of it. */
final class Overlays {
  /** Its stores are single ones, lost with the machine, and it says so. */
  private static final String FOR_TRIALS = "local";

  private final Tree tree;
  private final Kustomize kustomize;
  private final TypedModels models = new TypedModels();

  Overlays(Tree tree, RenderingProgram program) {
    this.tree = tree;
    this.kustomize = new Kustomize(program);
  }

  List<Fault> faults() throws IOException, InterruptedException {
    List<Secret> secrets = tree.secrets();
    List<Fault> faults = new ArrayList<>(CheckSecrets.ofList(secrets));
    Set<String> used = new TreeSet<>();
    Map<String, List<Document>> rendered = new TreeMap<>();
    for (Path overlay : tree.overlays()) {
      try {
        List<Document> documents = tree.documents(overlay, kustomize.render(overlay));
        rendered.put("" + overlay.getFileName(), documents);
        used.addAll(CheckSecrets.used(documents));
        faults.addAll(faults(documents, secrets));
        faults.addAll(files(overlay, documents));
      } catch (Kustomize.Refused refused) {
        String name = tree.root().relativize(overlay.resolve("kustomization.yaml")).toString();
        faults.add(new Fault(name, "Kustomization", "", "", String.valueOf(refused.getMessage())));
      }
    }
    faults.addAll(CheckArchives.of(rendered));
    for (Secret secret : secrets) {
      if (!used.contains(secret.name())) {
        faults.add(new Fault("secrets.yaml", "Secret", secret.name(), "", "nobody uses it"));
      }
    }
    return faults.stream().distinct().toList();
  }

  List<Document> documents(String overlay) throws Exception {
    Path folder = tree.root().resolve("overlays").resolve(overlay);
    return tree.documents(folder, kustomize.render(folder));
  }

  private List<Fault> faults(List<Document> rendered, List<Secret> secrets) {
    List<Fault> faults = new ArrayList<>();
    List<Document> documents = new ArrayList<>(rendered);
    documents.addAll(CheckHeartbeats.made());
    for (Document document : documents) {
      faults.addAll(models.faults(document));
      if (document.isFunction()) {
        faults.addAll(CheckBindings.of(document));
      }
    }
    faults.addAll(CheckManifests.of(documents, secrets));
    return faults;
  }

  /** What lies in an overlay's folder and is not rendered itself. */
  private List<Fault> files(Path overlay, List<Document> documents) throws IOException {
    List<Fault> faults = new ArrayList<>();
    Document kustomization = tree.plain(overlay.resolve("kustomization.yaml"));
    faults.addAll(models.faults(kustomization, kustomization.content(), Kustomization.class));
    faults.addAll(CheckPatches.of(kustomization, documents));
    Path values = overlay.resolve("nats-values.yaml");
    if (Files.exists(values)) {
      Document chart = tree.plain(values);
      faults.addAll(models.faults(chart, chart.content(), NatsChart.Values.class));
      faults.addAll(CheckBroker.of(chart, documents));
      faults.addAll(CheckPromises.of(chart, documents));
    } else if (!overlay.endsWith(FOR_TRIALS)) {
      faults.add(kustomization.fault("", "there is no nats-values.yaml: who keeps the votes?"));
    }
    return faults;
  }
}
