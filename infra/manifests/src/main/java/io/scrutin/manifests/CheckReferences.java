package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether what a document names is there: accounts, images, settings, volumes, pods. */
final class CheckReferences {
  private final List<Fault> faults = new ArrayList<>();
  private final List<Document> documents;
  private final List<Pod> pods;
  private final Set<String> images;

  private CheckReferences(List<Document> documents, Set<String> images) {
    this.documents = documents;
    this.pods = Pod.in(documents);
    this.images = images;
  }

  /**
   * @param images without tag, all that there are
   */
  static List<Fault> of(List<Document> documents, Set<String> images) {
    CheckReferences check = new CheckReferences(documents, images);
    check.pods.forEach(check::pod);
    documents.forEach(check::document);
    return check.faults;
  }

  private void pod(Pod pod) {
    String account = "" + pod.spec().getOrDefault("serviceAccountName", "");
    boolean told = Boolean.FALSE.equals(pod.spec().get("automountServiceAccountToken"));
    if (account.isEmpty() && !told) {
      faults.add(pod.fault(pod.path() + ".serviceAccountName", "each has an account of its own"));
    } else if (!account.isEmpty() && named("ServiceAccount", account).isEmpty()) {
      faults.add(
          pod.fault(pod.path() + ".serviceAccountName", "there is no ServiceAccount " + account));
    } else if (!account.isEmpty() && !account.equals(pod.owner().name())) {
      faults.add(
          pod.fault(
              pod.path() + ".serviceAccountName",
              account + " is somebody else's account: it is " + pod.owner().name()));
    }
    for (Pod.Container container : pod.containers()) {
      image(pod, container);
    }
    for (Place place : pod.places()) {
      if (place.endsWith("persistentVolumeClaim.claimName")
          && named("PersistentVolumeClaim", place.text()).isEmpty()) {
        faults.add(pod.fault(place.path(), "there is no claim " + place.text()));
      } else if (place.endsWith("configMapKeyRef")) {
        settingsKey(pod, place);
      } else if (place.endsWith("configMap.name") && named("ConfigMap", place.text()).isEmpty()) {
        faults.add(pod.fault(place.path(), "there is no ConfigMap " + place.text()));
      }
    }
  }

  private void image(Pod pod, Pod.Container container) {
    String image = "" + container.content().getOrDefault("image", "");
    String name = image.replaceAll("[:@][^/]*$", "");
    if (images.stream().noneMatch(known -> name.equals(known) || name.endsWith("/" + known))) {
      faults.add(
          pod.fault(
              container.path() + ".image",
              "nobody builds '" + image + "'; known are " + images.stream().sorted().toList()));
    }
  }

  private void settingsKey(Pod pod, Place place) {
    Map<String, Object> reference = Document.asMap(place.value());
    String map = "" + reference.get("name");
    String key = "" + reference.get("key");
    Optional<Document> settings = named("ConfigMap", map);
    if (settings.isEmpty()) {
      faults.add(pod.fault(place.path() + ".name", "there is no ConfigMap " + map));
    } else if (settings.get().at("data", key).isEmpty()) {
      faults.add(pod.fault(place.path() + ".key", "the ConfigMap " + map + " has no " + key));
    }
  }

  private void document(Document document) {
    switch (document.kind()) {
      case "RoleBinding" -> binding(document);
      case "Deployment", "PodDisruptionBudget" ->
          selects(
              document,
              "spec.selector.matchLabels",
              document.map("spec", "selector", "matchLabels"));
      case "NetworkPolicy" -> policy(document);
      case "Service" -> {
        if (!document.isFunction()) {
          selects(document, "spec.selector", document.map("spec", "selector"));
        }
      }
      case "HTTPRoute" -> route(document);
      case String _ -> {
        // Names no other document.
      }
    }
  }

  private void binding(Document document) {
    if (named(document.text("roleRef", "kind"), document.text("roleRef", "name")).isEmpty()) {
      faults.add(document.fault("roleRef.name", "there is no such role"));
    }
    for (Object subject : Document.asList(document.at("subjects").orElse(List.of()))) {
      String name = "" + Document.asMap(subject).get("name");
      if (named("ServiceAccount", name).isEmpty()) {
        faults.add(document.fault("subjects", "there is no ServiceAccount " + name));
      }
    }
  }

  /** Of another namespace the pods are not known; of operators neither, but their label is ours. */
  private void policy(Document document) {
    if (document.text("metadata", "namespace").equals("scrutin")) {
      selects(
          document,
          "spec.podSelector.matchLabels",
          document.map("spec", "podSelector", "matchLabels"));
      for (Place place : document.places()) {
        boolean ownNamespace =
            !place.path().matches(".*\\.(from|to)\\[\\d+]")
                || place.value() instanceof Map<?, ?> m && !m.containsKey("namespaceSelector");
        if (ownNamespace && place.path().matches(".*\\.(from|to)\\[\\d+]")) {
          Map<String, Object> selector =
              Document.asMap(Document.asMap(place.value()).getOrDefault("podSelector", Map.of()));
          selects(
              document,
              place.path() + ".podSelector.matchLabels",
              Document.asMap(selector.getOrDefault("matchLabels", Map.of())));
        }
      }
    }
  }

  private void selects(Document document, String path, Map<String, Object> labels) {
    boolean store = labels.keySet().equals(Set.of("scrutin.io/store"));
    Predicate<Map<String, Object>> carries = own -> own.entrySet().containsAll(labels.entrySet());
    if (!labels.isEmpty() && !store && pods.stream().map(Pod::labels).noneMatch(carries)) {
      faults.add(document.fault(path, "no pod is labelled " + labels));
    }
  }

  private void route(Document document) {
    for (Object parent : Document.asList(document.at("spec", "parentRefs").orElse(List.of()))) {
      String name = "" + Document.asMap(parent).get("name");
      if (named("Gateway", name).isEmpty()) {
        faults.add(document.fault("spec.parentRefs", "there is no Gateway " + name));
      }
    }
  }

  private Optional<Document> named(String kind, String name) {
    return documents.stream()
        .filter(document -> document.kind().equals(kind) && document.name().equals(name))
        .findFirst();
  }

  /** What is declared twice: the second would silently replace the first. */
  static List<Fault> twice(List<Document> documents) {
    Map<String, Long> count =
        documents.stream()
            .collect(Collectors.groupingBy(CheckReferences::id, Collectors.counting()));
    return documents.stream()
        .filter(document -> count.getOrDefault(id(document), 0L) > 1)
        .map(document -> document.fault("metadata.name", "is declared more than once"))
        .toList();
  }

  private static String id(Document document) {
    return document.apiVersion()
        + document.kind()
        + document.text("metadata", "namespace")
        + "/"
        + document.name();
  }
}
