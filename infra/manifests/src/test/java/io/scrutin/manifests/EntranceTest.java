package io.scrutin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The public paths are the same on a cluster, with Docker, and on one machine. */
final class EntranceTest {

  private static final Pattern DOOR =
      Pattern.compile("new Route\\(\"(/api[^\"]+)\", \"(\\w+)\"\\)");
  private static final Pattern NGINX =
      Pattern.compile("location =? ?(/api\\S+) \\{ proxy_pass http://(\\w+):8080;");

  @Test
  void theRouteHasThePathsOfTheFrontDoor() throws Exception {
    Map<String, String> door =
        matches("infra/standalone/src/main/java/io/scrutin/standalone/FrontDoor.java", DOOR);
    assertThat(door).hasSizeGreaterThan(5);
    assertThat(route()).isEqualTo(door);
  }

  @Test
  void composesEntranceHasThePathsOfTheFrontDoor() throws Exception {
    Map<String, String> door =
        matches("infra/standalone/src/main/java/io/scrutin/standalone/FrontDoor.java", DOOR);
    assertThat(matches("infra/compose/entrance.conf", NGINX)).isEqualTo(door);
  }

  private static Map<String, String> matches(String file, Pattern pattern) throws Exception {
    Map<String, String> found = new TreeMap<>();
    Matcher matcher = pattern.matcher(Files.readString(PlantedTree.CHECKOUT.resolve(file)));
    while (matcher.find()) {
      found.put(matcher.group(1), matcher.group(2));
    }
    return found;
  }

  /** A path with a slash at its end is what is below it. */
  private static Map<String, String> route() throws Exception {
    Map<String, String> found = new TreeMap<>();
    Document route =
        Yaml.read(PlantedTree.ROOT.resolve("base/entrance.yaml")).stream()
            .map(content -> new Document("", Document.asMap(content)))
            .filter(document -> document.kind().equals("HTTPRoute"))
            .findFirst()
            .orElseThrow();
    for (Object entry : Document.asList(route.at("spec", "rules").orElseThrow())) {
      Document rule = new Document("", Document.asMap(entry));
      String host =
          rule.places().stream()
              .filter(place -> place.key().equals("hostname"))
              .map(Place::text)
              .findFirst()
              .orElseThrow();
      for (Object match : Document.asList(rule.at("matches").orElseThrow())) {
        Document path = new Document("", Document.asMap(match));
        boolean below = path.text("path", "type").equals("PathPrefix");
        found.put(
            path.text("path", "value") + (below ? "/" : ""), host.substring(0, host.indexOf('.')));
      }
    }
    return found;
  }
}
