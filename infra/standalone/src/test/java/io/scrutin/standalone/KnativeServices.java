package io.scrutin.standalone;

import io.fabric8.knative.client.KnativeClient;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.scrutin.step.Listens;
import io.scrutin.step.Step;
import io.scrutin.trigger.ServiceBindings;
import java.net.URI;
import java.util.HashMap;

/** An API server whose Knative Services are processes of this machine. */
final class KnativeServices implements AutoCloseable {
  static final String NAMESPACE = "scrutin";

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  private final KubernetesClient operator;

  KnativeServices() {
    server.init();
    this.operator = server.createClient();
  }

  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** With the annotations that its manifest has to have. */
  void add(String function, Class<? extends Step> step, URI address) {
    Listens listens = step.getAnnotation(Listens.class);
    Service service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(function)
            .withNamespace(NAMESPACE)
            .addToLabels(ServiceBindings.FUNCTION_LABEL, function)
            .addToAnnotations("scrutin.io/subject", listens.to().type())
            .addToAnnotations("scrutin.io/batch", Integer.toString(listens.batch()))
            .endMetadata()
            .build();
    var _ = service(function).create(at(service, address));
  }

  void move(String function, URI address) {
    var _ = service(function).edit(service -> at(service, address));
  }

  void delete(String function) {
    var _ = service(function).delete();
  }

  private static Service at(Service service, URI address) {
    return new ServiceBuilder(service)
        .withNewStatus()
        .withNewAddress()
        .withUrl(address.toString())
        .endAddress()
        .endStatus()
        .build();
  }

  private Resource<Service> service(String name) {
    return operator.adapt(KnativeClient.class).services().inNamespace(NAMESPACE).withName(name);
  }

  @Override
  public void close() {
    operator.close();
    server.destroy();
  }
}
