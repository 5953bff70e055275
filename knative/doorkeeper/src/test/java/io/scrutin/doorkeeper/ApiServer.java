package io.scrutin.doorkeeper;

import io.fabric8.knative.client.KnativeClient;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceBuilder;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server that keeps what it is given, and breaks at a given write. */
final class ApiServer implements AutoCloseable {
  static final String NAMESPACE = "scrutin";
  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** Held, or the level would be forgotten: each request would be two lines of a test's log. */
  private static final Logger LOG = Logger.getLogger(MockWebServer.class.getName());

  static {
    LOG.setLevel(Level.WARNING);
  }

  private final Breaking breaking = new Breaking();
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(), new MockWebServer(), new HashMap<>(), breaking, false);
  private final Config where;
  private final KubernetesClient own;

  /** Answers 500 to one write, which took hold or did not; and 404 to a kind that is not there. */
  private static final class Breaking extends KubernetesCrudDispatcher {
    private int writesUntilBroken = Integer.MAX_VALUE;
    private boolean takesHold;
    private String missing = "none";

    /** Of requests by the method and the kind. */
    private final Set<String> asked = new ConcurrentSkipListSet<>();

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String path = request.getPath().split("\\?", 2)[0];
      asked.add(
          request.getMethod()
              + (path.matches(".*/(services|pingsources)/.+") ? " one of " : " ")
              + (path.contains("/services") ? "services" : "pingsources"));
      if (path.contains(missing)) {
        return new MockResponse().setResponseCode(HttpURLConnection.HTTP_NOT_FOUND);
      }
      if (!WRITES.contains(request.getMethod()) || --writesUntilBroken != 0) {
        return super.dispatch(request);
      }
      if (takesHold) {
        super.dispatch(request);
      }
      return new MockResponse().setResponseCode(HttpURLConnection.HTTP_INTERNAL_ERROR);
    }
  }

  ApiServer() {
    server.init();
    try (KubernetesClient mocks = server.createClient()) {
      where = mocks.getConfiguration();
    }
    own = client();
  }

  KubernetesClient client() {
    return DoorkeeperCommand.connected(where);
  }

  /**
   * @param write the first is 1
   */
  void breaksAt(int write, boolean takesHold) {
    breaking.writesUntilBroken = write;
    breaking.takesHold = takesHold;
  }

  void holdsAgain() {
    breaking.writesUntilBroken = Integer.MAX_VALUE;
    breaking.missing = "none";
  }

  /**
   * @param kind as its paths name it, which answer now as those of an API that is not installed
   */
  void isWithout(String kind) {
    breaking.missing = "/" + kind;
  }

  /** What was asked of it, until now and from now on: the method, and of what. */
  Set<String> asked() {
    return breaking.asked;
  }

  private KnativeClient knative() {
    return own.adapt(KnativeClient.class);
  }

  KnativeDoors doors() {
    return new KnativeDoors(knative(), NAMESPACE);
  }

  void function(String name, Map<String, String> annotations, Map<String, String> template) {
    Service service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(NAMESPACE)
            .addToLabels(KnativeDoors.FUNCTION, name)
            .withAnnotations(annotations)
            .endMetadata()
            .withNewSpec()
            .withNewTemplate()
            .withNewMetadata()
            .withAnnotations(template)
            .endMetadata()
            .withNewSpec()
            .withContainerConcurrency(4L)
            .addNewContainer()
            .withImage("scrutin/" + name)
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    knative().services().inNamespace(NAMESPACE).resource(service).create();
  }

  void source(PingSource source) {
    knative().pingSources().inNamespace(NAMESPACE).resource(source).create();
  }

  Service service(String name) {
    return Objects.requireNonNull(knative().services().inNamespace(NAMESPACE).withName(name).get());
  }

  void update(Service service) {
    knative().services().inNamespace(NAMESPACE).resource(service).update();
  }

  Map<String, String> template(String name) {
    return Optional.ofNullable(service(name).getSpec().getTemplate().getMetadata())
        .flatMap(metadata -> Optional.ofNullable(metadata.getAnnotations()))
        .orElse(Map.of());
  }

  List<PingSource> sources() {
    return knative().pingSources().inNamespace(NAMESPACE).list().getItems();
  }

  List<String> sourceNames() {
    return sources().stream().map(source -> source.getMetadata().getName()).sorted().toList();
  }

  /** What would change if anything were written, be it the same again. */
  Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    sources().forEach(source -> put(versions, source));
    knative()
        .services()
        .inNamespace(NAMESPACE)
        .list()
        .getItems()
        .forEach(service -> put(versions, service));
    return versions;
  }

  private static void put(Map<String, String> versions, HasMetadata found) {
    versions.put(
        found.getKind() + " " + found.getMetadata().getName(),
        found.getMetadata().getResourceVersion());
  }

  @Override
  public void close() {
    own.close();
    server.destroy();
  }
}
