package io.scrutin.manifests;

import io.scrutin.postgres.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether the folder of passwords has the file of each role that its reader asks it for. */
final class CheckPasswords {
  private static final String FOLDER = "SCRUTIN_POSTGRES_PASSWORDS_DIR";

  /** Its password is used to log in, and not set. */
  private static final String OWNER = "owner";

  private CheckPasswords() {}

  static List<Fault> of(Pod pod) {
    List<Fault> faults = new ArrayList<>();
    for (Pod.Container container : pod.containers()) {
      for (Object entry : container.list("env")) {
        Map<String, Object> variable = Document.asMap(entry);
        if (FOLDER.equals(variable.get("name"))) {
          compare(pod, container, "" + variable.get("value"), faults);
        }
      }
    }
    return faults;
  }

  private static void compare(Pod pod, Pod.Container container, String folder, List<Fault> faults) {
    Set<String> wanted = wanted(pod.owner().name());
    Set<String> there = new TreeSet<>();
    for (Object entry : container.list("volumeMounts")) {
      Map<String, Object> mount = Document.asMap(entry);
      if (folder.equals(mount.get("mountPath"))) {
        there.addAll(files(pod, "" + mount.get("name")));
      }
    }
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(there);
    there.removeAll(wanted);
    if (!missing.isEmpty()) {
      faults.add(pod.fault(container.path() + ".volumeMounts", folder + " has no " + missing));
    }
    if (!there.isEmpty()) {
      faults.add(pod.fault(container.path() + ".volumeMounts", "nobody asks for " + there));
    }
  }

  /** Migrations give each role its password; whoever else is told of a folder has its own there. */
  private static Set<String> wanted(String name) {
    Set<String> wanted = new TreeSet<>(Set.of(name));
    if (name.equals("migrate")) {
      wanted = new TreeSet<>(Roles.FUNCTIONS);
      wanted.add(OWNER);
    }
    return wanted;
  }

  private static Set<String> files(Pod pod, String volume) {
    Set<String> files = new TreeSet<>();
    for (Object entry : Document.asList(pod.spec().getOrDefault("volumes", List.of()))) {
      Map<String, Object> found = Document.asMap(entry);
      if (volume.equals(found.get("name"))) {
        for (Place place : places(found)) {
          if (place.endsWith("items.path")) {
            files.add(place.text());
          }
        }
      }
    }
    return files;
  }

  private static List<Place> places(Map<String, Object> volume) {
    List<Place> places = new ArrayList<>();
    new Place("volume", "volume", volume).addTo(places);
    return places;
  }
}
