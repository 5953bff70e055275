package io.scrutin.doorkeeper;

import io.fabric8.knative.client.KnativeClient;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.scrutin.doorkeeper.Cluster.FoundFunction;
import io.scrutin.doorkeeper.Cluster.FoundHeartbeat;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The doors of one namespace, looked at and moved through the API server. */
final class KnativeDoors {
  /** On the Service: it is a function's, and how many replicas it wants while a contest is open. */
  static final String FUNCTION = "scrutin.io/function";

  static final String WARM_SCALE = "scrutin.io/warm-scale";

  /** On its template, and so on each Revision made of it. */
  static final String MIN_SCALE = "autoscaling.knative.dev/min-scale";

  /** Beside the former: that it is from here. Written and removed in the same request. */
  static final String WARMED_TO = "scrutin.io/warmed-to";

  private static final int NO_ANSWER = 0;

  private final KnativeClient client;
  private final String namespace;

  KnativeDoors(KnativeClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Each kind by itself: where there is no Eventing, or it may not be read, functions are kept warm
   * all the same.
   *
   * @throws KubernetesClientException when the API server lists neither
   */
  Cluster look() {
    Map<Cluster.Part, KubernetesClientException> failures = new EnumMap<>(Cluster.Part.class);
    List<FoundHeartbeat> heartbeats = listed(Cluster.Part.HEARTBEATS, this::heartbeats, failures);
    List<FoundFunction> functions = listed(Cluster.Part.FUNCTIONS, this::functions, failures);
    if (failures.size() == Cluster.Part.values().length) {
      throw failures.values().iterator().next();
    }
    Map<Cluster.Part, String> unread = new EnumMap<>(Cluster.Part.class);
    failures.forEach((part, failure) -> unread.put(part, DoorkeeperCommand.line(failure)));
    return new Cluster(heartbeats, functions, unread);
  }

  private static <T> List<T> listed(
      Cluster.Part part,
      Supplier<List<T>> list,
      Map<Cluster.Part, KubernetesClientException> failures) {
    try {
      return list.get();
    } catch (KubernetesClientException unread) {
      failures.put(part, unread);
      return List.of();
    }
  }

  private List<FoundHeartbeat> heartbeats() {
    return client.pingSources().inNamespace(namespace).list().getItems().stream()
        .map(HeartbeatSource::found)
        .sorted(Comparator.comparing(FoundHeartbeat::name))
        .toList();
  }

  private List<FoundFunction> functions() {
    return client.services().inNamespace(namespace).withLabel(FUNCTION).list().getItems().stream()
        .map(KnativeDoors::function)
        .sorted(Comparator.comparing(FoundFunction::name))
        .toList();
  }

  static FoundFunction function(Service service) {
    ObjectMeta metadata = service.getMetadata();
    Map<String, String> template =
        Optional.ofNullable(service.getSpec())
            .flatMap(spec -> Optional.ofNullable(spec.getTemplate()))
            .flatMap(found -> Optional.ofNullable(found.getMetadata()))
            .flatMap(found -> Optional.ofNullable(found.getAnnotations()))
            .orElse(Map.of());
    return new FoundFunction(
        metadata.getName(),
        metadata.getResourceVersion(),
        Optional.ofNullable(metadata.getAnnotations()).map(all -> all.get(WARM_SCALE)),
        Optional.ofNullable(template.get(MIN_SCALE)),
        Optional.ofNullable(template.get(WARMED_TO)));
  }

  /**
   * Returns why it was not done, if it was not; most often the object has changed since it was
   * looked at, and in a minute it is looked at again. Whatever the reason, the next change may have
   * none: a webhook that is down, a quota or a verb that is missing hold for one kind of object.
   */
  Optional<String> make(Change change) {
    try {
      switch (change) {
        case Change.Start start -> source(start.heartbeat()).create();
        case Change.Restart restart -> {
          PingSource source = HeartbeatSource.of(restart.heartbeat(), namespace);
          source.getMetadata().setResourceVersion(restart.version());
          client.pingSources().inNamespace(namespace).resource(source).update();
        }
        case Change.Stop stop ->
            client
                .pingSources()
                .inNamespace(namespace)
                .withName(stop.source())
                .lockResourceVersion(stop.version())
                .delete();
        case Change.Warm warm -> warm(warm);
        case Change.Release release -> release(release);
      }
      return Optional.empty();
    } catch (KubernetesClientException failure) {
      return Optional.of(
          failure.getCode() == NO_ANSWER
              ? "the API server did not answer: " + DoorkeeperCommand.line(failure)
              : "the API server answered " + failure.getCode());
    }
  }

  private Resource<PingSource> source(Heartbeat heartbeat) {
    return client
        .pingSources()
        .inNamespace(namespace)
        .resource(HeartbeatSource.of(heartbeat, namespace));
  }

  /**
   * Two annotations and nothing else, so that fields which this client does not know stay as they
   * are. A merge patch (RFC 7386) makes the maps that a template need not have; with the version in
   * it, the API server refuses it where anything has changed.
   */
  private void warm(Change.Warm warm) {
    String replicas = Integer.toString(warm.replicas());
    Map<String, String> annotations = Map.of(MIN_SCALE, replicas, WARMED_TO, replicas);
    Map<String, Object> patch =
        Map.of(
            "metadata",
            Map.of("resourceVersion", warm.version()),
            "spec",
            Map.of("template", Map.of("metadata", Map.of("annotations", annotations))));
    service(warm.function())
        .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
  }

  /**
   * The same two, by a patch that is refused where they are gone (RFC 6902). The version is written
   * and not tested: written, an older one is a conflict, which is what it is.
   */
  private void release(Change.Release release) {
    List<Map<String, String>> patch =
        List.of(
            Map.of(
                "op", "replace", "path", "/metadata/resourceVersion", "value", release.version()),
            Map.of("op", "remove", "path", pointer(MIN_SCALE)),
            Map.of("op", "remove", "path", pointer(WARMED_TO)));
    service(release.function()).patch(PatchContext.of(PatchType.JSON), Serialization.asJson(patch));
  }

  private Resource<Service> service(String function) {
    return client.services().inNamespace(namespace).withName(function);
  }

  /** RFC 6901: the slash of an annotation's key is written {@code ~1}. */
  private static String pointer(String annotation) {
    return "/spec/template/metadata/annotations/" + annotation.replace("/", "~1");
  }
}
