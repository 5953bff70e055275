package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a route ends somewhere: at a Service that is there or that another namespace grants,
 * under the name of a function.
 */
final class CheckRoutes {
  private final List<Fault> faults = new ArrayList<>();
  private final Document route;
  private final List<Document> documents;

  private CheckRoutes(Document route, List<Document> documents) {
    this.route = route;
    this.documents = documents;
  }

  static List<Fault> of(List<Document> documents) {
    List<Fault> faults = new ArrayList<>();
    for (Document document : documents) {
      if (document.kind().equals("HTTPRoute")) {
        CheckRoutes check = new CheckRoutes(document, documents);
        check.rules();
        faults.addAll(check.faults);
      }
    }
    return faults;
  }

  private void rules() {
    List<?> rules = Document.asList(route.at("spec", "rules").orElse(List.of()));
    for (int i = 0; i < rules.size(); i++) {
      String path = "spec.rules[" + i + "]";
      Document rule = new Document(route.file(), Document.asMap(rules.get(i)));
      List<?> backends = Document.asList(rule.at("backendRefs").orElse(List.of()));
      if (backends.isEmpty()) {
        faults.add(route.fault(path + ".backendRefs", "it ends nowhere"));
      }
      for (Object backend : backends) {
        backend(path + ".backendRefs", new Document("", Document.asMap(backend)));
      }
      host(path + ".filters", rule);
      for (Object match : Document.asList(rule.at("matches").orElse(List.of()))) {
        if (!Document.asMap(match).containsKey("method")) {
          faults.add(route.fault(path + ".matches", "names the one method that voters need"));
        }
      }
    }
  }

  private void backend(String path, Document backend) {
    String own = route.text("metadata", "namespace");
    String namespace = backend.at("namespace").map(String::valueOf).orElse(own);
    String name = backend.text("name");
    if (Numbers.whole(backend.text("port")).isEmpty()) {
      faults.add(route.fault(path, name + " is named without a port"));
    } else if (namespace.equals(own)) {
      if (documents.stream().noneMatch(service -> serves(service, own, backend))) {
        faults.add(route.fault(path, "no Service " + name + " has the port"));
      }
    } else if (documents.stream().noneMatch(grant -> grants(grant, namespace, own, name))) {
      faults.add(
          route.fault(path, "no ReferenceGrant in " + namespace + " lets it send to " + name));
    }
  }

  private static boolean serves(Document service, String namespace, Document backend) {
    return service.is("v1", "Service")
        && service.name().equals(backend.text("name"))
        && service.text("metadata", "namespace").equals(namespace)
        && Document.asList(service.at("spec", "ports").orElse(List.of())).stream()
            .map(port -> String.valueOf(Document.asMap(port).get("port")))
            .anyMatch(backend.text("port")::equals);
  }

  private static boolean grants(Document grant, String namespace, String from, String to) {
    return grant.kind().equals("ReferenceGrant")
        && grant.text("metadata", "namespace").equals(namespace)
        && Document.asList(grant.at("spec", "from").orElse(List.of())).stream()
            .map(Document::asMap)
            .anyMatch(
                who -> "HTTPRoute".equals(who.get("kind")) && from.equals(who.get("namespace")))
        && Document.asList(grant.at("spec", "to").orElse(List.of())).stream()
            .map(Document::asMap)
            .anyMatch(what -> "Service".equals(what.get("kind")) && to.equals(what.get("name")));
  }

  /** The gateway within finds a function by the host that the route writes. */
  private void host(String path, Document rule) {
    List<String> hosts =
        rule.places().stream()
            .filter(place -> place.endsWith("urlRewrite.hostname"))
            .map(Place::text)
            .toList();
    boolean function =
        hosts.size() == 1
            && documents.stream()
                .filter(Document::isFunction)
                .map(found -> found.map("metadata"))
                .anyMatch(found -> hosts.getFirst().equals(host(found)));
    if (!function) {
      faults.add(route.fault(path, hosts + " is not the name of one function within the cluster"));
    }
  }

  private static String host(Map<String, Object> metadata) {
    return metadata.get("name") + "." + metadata.get("namespace") + ".svc.cluster.local";
  }
}
