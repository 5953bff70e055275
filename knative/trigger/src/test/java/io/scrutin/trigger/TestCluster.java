package io.scrutin.trigger;

import io.fabric8.knative.client.KnativeClient;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.scrutin.testing.TcpProxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** An API server with Knative Services, and a wire to it that can be cut. */
final class TestCluster implements AutoCloseable {
  private static final String NAMESPACE = "scrutin";
  private static final String PREFIX = "scrutin.io/";

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  final TcpProxy wire;
  private final KubernetesClient operator;

  TestCluster() {
    server.init();
    this.wire = TcpProxy.to(server.getPort());
    this.operator = client(server.getPort(), 30_000);
  }

  private static KubernetesClient client(int port, int patienceMillis) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + port)
            .withNamespace(NAMESPACE)
            .withRequestTimeout(patienceMillis)
            .withConnectionTimeout(patienceMillis)
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(50)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** What a trigger sees of it. */
  Cluster seen() {
    return new Cluster(client(wire.port(), 2_000), NAMESPACE);
  }

  /** A Service that is ready. */
  void add(String name, URI url, String... keysAndValues) {
    var _ = services(name).create(addressed(service(name, keysAndValues), url));
  }

  void addUnready(String name, String... keysAndValues) {
    var _ = services(name).create(service(name, keysAndValues));
  }

  void makeReady(String name, URI url) {
    var _ = services(name).edit(service -> addressed(service, url));
  }

  void annotate(String name, String key, String value) {
    var _ =
        services(name)
            .edit(
                service ->
                    new ServiceBuilder(service)
                        .editMetadata()
                        .addToAnnotations(PREFIX + key, value)
                        .endMetadata()
                        .build());
  }

  void delete(String name) {
    var _ = services(name).delete();
  }

  private Resource<Service> services(String name) {
    return operator.adapt(KnativeClient.class).services().inNamespace(NAMESPACE).withName(name);
  }

  private static Service service(String name, String... keysAndValues) {
    Map<String, String> annotations = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      annotations.put(PREFIX + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .addToLabels(ServiceBindings.FUNCTION_LABEL, name)
        .addToAnnotations(annotations)
        .endMetadata()
        .build();
  }

  private static Service addressed(Service service, URI url) {
    return new ServiceBuilder(service)
        .withNewStatus()
        .withNewAddress()
        .withUrl(url.toString())
        .endAddress()
        .endStatus()
        .build();
  }

  @Override
  public void close() {
    operator.close();
    wire.close();
    server.destroy();
  }
}
