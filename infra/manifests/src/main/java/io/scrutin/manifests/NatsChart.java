package io.scrutin.manifests;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.Map;

/**
 * The part of the values of the NATS chart (1.x) that is used here. Read for its shape alone: what
 * is absent is null.
 */
final class NatsChart {
  private NatsChart() {}

  record Values(
      String fullnameOverride,
      Config config,
      Container container,
      Switch reloader,
      Switch natsBox,
      Switch podDisruptionBudget,
      PodTemplate podTemplate) {}

  record Switch(boolean enabled) {}

  record Config(Cluster cluster, JetStream jetstream, ServerSettings merge) {}

  record Cluster(boolean enabled, int replicas) {}

  record JetStream(
      boolean enabled, FileStore fileStore, MemoryStore memoryStore, JetStreamSettings merge) {}

  record FileStore(boolean enabled, Claim pvc, String maxSize) {}

  record Claim(boolean enabled, String size, String storageClassName) {}

  record MemoryStore(boolean enabled, String maxSize) {}

  record JetStreamSettings(@JsonProperty("sync_interval") String syncInterval) {}

  /** The server's own names; what stands in angle brackets is not quoted in its file. */
  record ServerSettings(
      @JsonProperty("max_payload") String maxPayload,
      @JsonProperty("max_pending") String maxPending,
      @JsonProperty("write_deadline") String writeDeadline,
      @JsonProperty("lame_duck_duration") String lameDuckDuration) {}

  record Container(Image image, Map<String, String> env, ContainerMerge merge) {}

  record Image(String tag) {}

  record ContainerMerge(ResourceRequirements resources, SecurityContext securityContext) {}

  record PodTemplate(Map<String, Spread> topologySpreadConstraints, PodMerge merge) {}

  record Spread(int maxSkew, String whenUnsatisfiable) {}

  record PodMerge(Meta metadata, PodSpec spec) {}
}
