package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** From the documents of one overlay to what would go wrong with them on a cluster. */
final class CheckManifests {
  /** Of others, which an overlay runs itself. */
  private static final Set<String> STORE_IMAGES = Set.of("nats", "redis", "postgres");

  private CheckManifests() {}

  static List<Fault> of(List<Document> documents, List<Secret> secrets) {
    List<Fault> faults = new ArrayList<>(CheckReferences.twice(documents));
    for (Document document : documents) {
      faults.addAll(CheckValues.of(document));
      faults.addAll(CheckKnative.of(document));
      faults.addAll(CheckBeats.of(document));
      faults.addAll(CheckOperators.of(document));
    }
    for (Pod pod : Pod.in(documents)) {
      faults.addAll(CheckContainers.of(pod));
      faults.addAll(CheckVariables.of(pod));
      faults.addAll(CheckPasswords.of(pod));
    }
    faults.addAll(CheckReferences.of(documents, images()));
    faults.addAll(CheckSecrets.of(documents, secrets));
    faults.addAll(CheckRights.of(documents));
    faults.addAll(CheckPolicies.of(documents));
    faults.addAll(CheckHeartbeats.of(documents));
    faults.addAll(CheckRoutes.of(documents));
    return List.copyOf(faults);
  }

  private static Set<String> images() {
    Set<String> images = new TreeSet<>(STORE_IMAGES);
    CheckVariables.images().forEach(name -> images.add("scrutin/" + name));
    return images;
  }
}
