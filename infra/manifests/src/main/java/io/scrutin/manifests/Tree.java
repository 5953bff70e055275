package io.scrutin.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder {@code knative/}: its overlays, and in which file each document is written. */
final class Tree {
  private final Path root;
  private final Map<String, String> files = new LinkedHashMap<>();

  private Tree(Path root) {
    this.root = root;
  }

  static Tree of(Path root) throws IOException {
    Tree tree = new Tree(root);
    for (Path file : tree.yamls()) {
      String name = root.relativize(file).toString();
      for (Object content : Yaml.read(file)) {
        Document document = new Document(name, Document.asMap(content));
        if (!document.kind().isEmpty()) {
          // The first is the declaration; what comes after it is a patch.
          tree.files.putIfAbsent(document.kind() + " " + document.name(), name);
        }
      }
    }
    return tree;
  }

  /** Bases first. Java's sources lie in neighbouring folders, with settings of their own. */
  private List<Path> yamls() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of("base", "stores", "overlays")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(found::add);
      }
    }
    return found;
  }

  List<Path> overlays() throws IOException {
    try (Stream<Path> folders = Files.list(root.resolve("overlays"))) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  List<Secret> secrets() throws IOException {
    List<Secret> secrets = new ArrayList<>();
    for (Object entry : Document.asList(Yaml.read(root.resolve("secrets.yaml")).getFirst())) {
      Map<String, Object> secret = Document.asMap(entry);
      secrets.add(
          new Secret(
              "" + secret.get("name"),
              texts(secret.getOrDefault("keys", List.of())),
              new HashSet<>(texts(secret.getOrDefault("by", List.of()))),
              "" + secret.get("from")));
    }
    return secrets;
  }

  private static List<String> texts(Object list) {
    return Document.asList(list).stream().map(String::valueOf).toList();
  }

  /** The documents that were rendered from an overlay, each with the file that it is written in. */
  List<Document> documents(Path overlay, String rendered) {
    List<Document> documents = new ArrayList<>();
    String name = root.relativize(overlay).toString();
    for (Object content : Yaml.read(rendered, name)) {
      Document document = new Document(name, Document.asMap(content));
      String file = files.getOrDefault(document.kind() + " " + document.name(), name);
      documents.add(new Document(file, document.content()));
    }
    return documents;
  }

  /** A file that is no document of Kubernetes's, to be named in faults. */
  Document plain(Path file) throws IOException {
    String name = root.relativize(file).toString();
    Object content = Yaml.read(file).getFirst();
    return new Document(name, Document.asMap(content));
  }

  Path root() {
    return root;
  }
}
