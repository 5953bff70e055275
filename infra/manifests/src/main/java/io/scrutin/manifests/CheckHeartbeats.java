package io.scrutin.manifests;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.scrutin.doorkeeper.Heartbeat;
import io.scrutin.doorkeeper.HeartbeatSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the doorkeeper makes on the cluster, checked like what is applied to it: a heartbeat that
 * wakes nobody is seen when a contest does not open.
 */
final class CheckHeartbeats {
  private static final String FILE = "HeartbeatSource";

  private CheckHeartbeats() {}

  /** Each that the doorkeeper may make, as it makes it. */
  static List<Document> made() {
    return Arrays.stream(Heartbeat.values())
        .map(heartbeat -> Serialization.asYaml(HeartbeatSource.of(heartbeat, "scrutin")))
        .map(text -> new Document(FILE, Document.asMap(Yaml.read(text, FILE).getFirst())))
        .toList();
  }

  static List<Fault> of(List<Document> documents) {
    List<Fault> faults = new ArrayList<>();
    for (Document document : documents) {
      if (document.is("sources.knative.dev/", "PingSource")) {
        source(document, documents, faults);
      }
    }
    return faults;
  }

  private static void source(Document source, List<Document> documents, List<Fault> faults) {
    // Five fields: a sixth, for seconds, is refused by older releases.
    CronSchedule.problem(source.text("spec", "schedule"), false)
        .ifPresent(problem -> faults.add(source.fault("spec.schedule", problem)));
    Document ref = new Document(source.file(), source.map("spec", "sink", "ref"));
    String name = ref.text("name");
    boolean there =
        ref.is("serving.knative.dev/", "Service")
            && documents.stream()
                .filter(Document::isFunction)
                .filter(function -> function.name().equals(name))
                .map(function -> function.map("metadata"))
                .anyMatch(metadata -> takes(metadata, name, ref.text("namespace")));
    if (!there) {
      faults.add(source.fault("spec.sink.ref", "there is no function " + name));
    }
    if (!source.text("spec", "sink", "uri").equals("/events/" + name)) {
      faults.add(source.fault("spec.sink.uri", "is /events/" + name));
    }
  }

  private static boolean takes(Map<String, Object> metadata, String name, String namespace) {
    Map<String, Object> labels = Document.asMap(metadata.getOrDefault("labels", Map.of()));
    return namespace.equals(metadata.get("namespace"))
        && name.equals(labels.get("scrutin.io/function"));
  }
}
