package io.scrutin.trigger;

import io.fabric8.knative.client.KnativeClient;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.scrutin.trigger.PlanBindings.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Knative Services of one namespace that say which function they are. */
final class Cluster implements AutoCloseable {
  /** The informer is told of changes by the API server; it need not repeat what it knows. */
  private static final long NO_RESYNC = 0;

  private final KubernetesClient client;
  private final String namespace;
  private @Nullable SharedIndexInformer<Service> informer;

  Cluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  String namespace() {
    return namespace;
  }

  /**
   * All there are at this moment. Not the informer's copy: that may come from an API server's cache
   * of another moment, and what is missing there would be stopped.
   */
  List<Seen> list() {
    return client
        .adapt(KnativeClient.class)
        .services()
        .inNamespace(namespace)
        .withLabel(ServiceBindings.FUNCTION_LABEL)
        .list()
        .getItems()
        .stream()
        .map(Cluster::seen)
        .toList();
  }

  private static Seen seen(Service service) {
    ObjectMeta about = service.getMetadata();
    Map<String, String> labels = Optional.ofNullable(about.getLabels()).orElse(Map.of());
    String created = about.getCreationTimestamp();
    return new Seen(
        about.getName(),
        created == null ? Instant.EPOCH : Instant.parse(created),
        ServiceBindings.read(
            labels.getOrDefault(ServiceBindings.FUNCTION_LABEL, ""),
            Optional.ofNullable(about.getAnnotations()).orElse(Map.of()),
            address(service)));
  }

  private static Optional<String> address(Service service) {
    return Optional.ofNullable(service.getStatus())
        .map(ServiceStatus::getAddress)
        .map(address -> address.getUrl());
  }

  /**
   * @param changed told of whatever happens to one of them, in a thread that it must not hold
   */
  synchronized void watch(Runnable changed) {
    SharedIndexInformer<Service> watching =
        client
            .adapt(KnativeClient.class)
            .services()
            .inNamespace(namespace)
            .withLabel(ServiceBindings.FUNCTION_LABEL)
            .runnableInformer(NO_RESYNC)
            // For ever: an informer that gives up would leave the bindings as they are today.
            .exceptionHandler((_, _) -> true)
            .addEventHandler(telling(changed));
    informer = watching;
    var _ = watching.start();
  }

  private static ResourceEventHandler<Service> telling(Runnable changed) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(Service added) {
        changed.run();
      }

      @Override
      public void onUpdate(Service before, Service now) {
        changed.run();
      }

      @Override
      public void onDelete(Service deleted, boolean unknown) {
        changed.run();
      }
    };
  }

  /** Whether the API server would tell of a change. */
  synchronized boolean isWatching() {
    return informer != null && informer.isWatching();
  }

  @Override
  public synchronized void close() {
    if (informer != null) {
      informer.stop();
    }
    client.close();
  }
}
