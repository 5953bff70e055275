package io.scrutin.doorkeeper;

import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.knative.sources.v1.PingSourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.scrutin.doorkeeper.Cluster.FoundHeartbeat;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Heartbeats as Knative's sources: exactly what is made on a cluster, to be checked as manifests
 * are.
 */
public final class HeartbeatSource {
  /** On everything that was made here; what does not have it is never touched. */
  public static final Map<String, String> MADE_BY = Map.of("scrutin.io/made-by", "doorkeeper");

  private static final String SERVICE = "Service";
  private static final String NOTHING = "{}";

  private HeartbeatSource() {}

  public static PingSource of(Heartbeat heartbeat, String namespace) {
    return new PingSourceBuilder()
        .withNewMetadata()
        .withName(heartbeat.source())
        .withNamespace(namespace)
        .withLabels(MADE_BY)
        .endMetadata()
        .withNewSpec()
        .withSchedule(heartbeat.schedule())
        // The arrival is all there is to it; but some who read HTTP refuse a post without a body.
        .withContentType("application/json")
        .withData(NOTHING)
        .withNewSink()
        .withNewRef()
        .withApiVersion("serving.knative.dev/v1")
        .withKind(SERVICE)
        .withName(heartbeat.function())
        .withNamespace(namespace)
        .endRef()
        .withUri(heartbeat.path())
        .endSink()
        .endSpec()
        .build();
  }

  static FoundHeartbeat found(PingSource source) {
    ObjectMeta metadata = source.getMetadata();
    boolean ours =
        Optional.ofNullable(metadata.getLabels())
            .filter(labels -> labels.entrySet().containsAll(MADE_BY.entrySet()))
            .isPresent();
    boolean current =
        Arrays.stream(Heartbeat.values())
            .filter(heartbeat -> heartbeat.source().equals(metadata.getName()))
            .anyMatch(heartbeat -> beats(source, heartbeat));
    return new FoundHeartbeat(metadata.getName(), metadata.getResourceVersion(), ours, current);
  }

  /** What Knative adds to a source by itself is no difference. */
  private static boolean beats(PingSource source, Heartbeat heartbeat) {
    return Optional.ofNullable(source.getSpec())
        .filter(spec -> heartbeat.schedule().equals(spec.getSchedule()))
        .filter(spec -> NOTHING.equals(spec.getData()))
        .flatMap(spec -> Optional.ofNullable(spec.getSink()))
        .filter(sink -> heartbeat.path().equals(sink.getUri()))
        .flatMap(sink -> Optional.ofNullable(sink.getRef()))
        .filter(ref -> SERVICE.equals(ref.getKind()))
        .filter(ref -> heartbeat.function().equals(ref.getName()))
        .isPresent();
  }
}
