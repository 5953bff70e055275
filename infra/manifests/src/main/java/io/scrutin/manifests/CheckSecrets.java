package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether each secret that is used is listed, has the key that is asked of it, and is used by
 * nobody else: the ballot key by tally alone, the pepper by submit alone.
 */
final class CheckSecrets {
  /** A secret, a key in it where one is named, and where it is named. */
  private record Use(Place place, String secret, List<String> keys) {}

  /**
   * Whose it is, whatever the list says: whoever lists another owner for one of these, by mistake
   * or not, breaks what is promised of secrecy, and a list that is read nowhere else would let him.
   */
  private static final Map<String, String> SOLE =
      Map.of("tally-keys", "tally", "submit-keys", "submit");

  private final List<Secret> secrets;
  private final List<Fault> faults = new ArrayList<>();

  private CheckSecrets(List<Secret> secrets) {
    this.secrets = secrets;
  }

  static List<Fault> of(List<Document> documents, List<Secret> secrets) {
    CheckSecrets check = new CheckSecrets(secrets);
    for (Document document : documents) {
      for (Place place : document.places()) {
        use(place).ifPresent(use -> check.use(document, use));
      }
    }
    return check.faults;
  }

  /** Whether the list gives those secrets, on which secrecy rests, to their one owner. */
  static List<Fault> ofList(List<Secret> secrets) {
    List<Fault> faults = new ArrayList<>();
    for (Secret secret : secrets) {
      String owner = SOLE.get(secret.name());
      if (owner != null && !secret.by().equals(Set.of(owner))) {
        faults.add(
            new Fault(
                "secrets.yaml", "Secret", secret.name(), "by", "is [" + owner + "], nobody else"));
      }
    }
    return faults;
  }

  /** The names of those that some document uses. */
  static Set<String> used(List<Document> documents) {
    Set<String> used = new TreeSet<>();
    for (Document document : documents) {
      document.places().forEach(place -> use(place).ifPresent(use -> used.add(use.secret())));
    }
    return used;
  }

  private static Optional<Use> use(Place place) {
    if (!(place.value() instanceof Map<?, ?>)) {
      return Optional.empty();
    }
    Map<String, Object> map = Document.asMap(place.value());
    String name = "" + map.getOrDefault("secretName", map.getOrDefault("name", ""));
    boolean certificate = place.endsWith("certificateRefs");
    boolean named =
        place.endsWith("secretKeyRef")
            || place.endsWith("secretRef")
            || place.endsWith("initdb.secret")
            || place.endsWith("accessKeyId")
            || place.endsWith("secretAccessKey")
            || place.endsWith("imagePullSecrets")
            || certificate;
    boolean mounted = place.endsWith("volumes.secret") || place.endsWith("sources.secret");
    if (!named && !mounted) {
      return Optional.empty();
    }
    List<String> keys = new ArrayList<>();
    if (map.get("key") instanceof Object key) {
      keys.add("" + key);
    }
    for (Object item : Document.asList(map.getOrDefault("items", List.of()))) {
      keys.add("" + Document.asMap(item).get("key"));
    }
    return Optional.of(new Use(place, name, keys));
  }

  private void use(Document document, Use use) {
    String path = use.place().path();
    String owner = SOLE.get(use.secret());
    if (owner != null && !(document.isFunction() && document.name().equals(owner))) {
      faults.add(
          document.fault(path, use.secret() + " is mounted by the function " + owner + " only"));
    }
    Optional<Secret> secret =
        secrets.stream().filter(known -> known.name().equals(use.secret())).findFirst();
    if (secret.isEmpty()) {
      faults.add(
          document.fault(
              path,
              "the secret '"
                  + use.secret()
                  + "' is not listed in secrets.yaml, with who makes it"));
      return;
    }
    for (String key : use.keys()) {
      if (!secret.get().has(key)) {
        faults.add(
            document.fault(path, "the secret " + use.secret() + " has no key '" + key + "'"));
      }
    }
    if (!secret.get().by().contains(document.name())) {
      faults.add(
          document.fault(
              path,
              "the secret "
                  + use.secret()
                  + " is for "
                  + secret.get().by().stream().sorted().toList()
                  + " alone"));
    }
  }
}
