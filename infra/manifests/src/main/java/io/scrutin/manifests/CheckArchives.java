package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether each environment archives to a place of its own: one would write over the other. */
final class CheckArchives {
  private static final String UNSET = "set-by-the-overlay";

  private CheckArchives() {}

  /**
   * @param overlays the documents of each, by its name
   */
  static List<Fault> of(Map<String, List<Document>> overlays) {
    List<Fault> faults = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    overlays.forEach(
        (overlay, documents) -> {
          for (Document document : documents) {
            place(document)
                .flatMap(place -> problem(overlay, place, owners))
                .ifPresent(problem -> faults.add(document.fault("spec", problem)));
          }
        });
    return faults;
  }

  private static Optional<String> problem(
      String overlay, String place, Map<String, String> owners) {
    String owner = owners.getOrDefault(place, overlay);
    owners.put(place, owner);
    if (place.contains(UNSET)) {
      return Optional.of(
          "overlays/" + overlay + "/archive.yaml and archiver.yaml say where its archive is");
    }
    return owner.equals(overlay)
        ? Optional.empty()
        : Optional.of(place + " is archived to by " + owner + " and by " + overlay);
  }

  private static Optional<String> place(Document document) {
    if (document.kind().equals("ObjectStore")) {
      return Optional.of(document.text("spec", "configuration", "destinationPath"));
    }
    return document.is("postgresql.cnpg.io/", "Cluster")
        ? document.places().stream()
            .filter(place -> place.endsWith("plugins.parameters.serverName"))
            .map(Place::text)
            .findFirst()
            .or(() -> Optional.of(UNSET))
        : Optional.empty();
  }
}
