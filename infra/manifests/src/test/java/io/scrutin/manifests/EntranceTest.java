package io.scrutin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The public paths are the same on a cluster, with Docker, and on one machine. */
final class EntranceTest {

  private static final Pattern DOOR =
      Pattern.compile("new Route\\(\"(/api[^\"]+)\", \"(\\w+)\"\\)");
  private static final Pattern NGINX =
      Pattern.compile(
          "location (?:= (?=\\S+[^/] )|(?=\\S+/ ))(/api\\S+) \\{ proxy_pass http://(\\w+):8080;");

  private static final String DOORS =
      "infra/standalone/src/main/java/io/scrutin/standalone/FrontDoor.java";

  /** The one thing that changes anything; all else is read. */
  private static final String POSTED = "/api/v1/vote";

  @Test
  void theRouteHasThePathsOfTheFrontDoorWithTheirMethods() throws Exception {
    Set<String> doors = new TreeSet<>();
    matches(DOORS, DOOR)
        .forEach(
            (path, function) ->
                doors.add(
                    (path.equals(POSTED) ? "POST " : "GET ")
                        + (path.endsWith("/")
                            ? "PathPrefix " + path.substring(0, path.length() - 1)
                            : "Exact " + path)
                        + " to "
                        + function
                        + ".scrutin.svc.cluster.local"));
    assertThat(doors).hasSizeGreaterThan(5);
    assertThat(route()).isEqualTo(doors);
  }

  @Test
  void composesEntranceHasThePathsOfTheFrontDoor() throws Exception {
    assertThat(matches("infra/compose/entrance.conf", NGINX)).isEqualTo(matches(DOORS, DOOR));
  }

  private static Map<String, String> matches(String file, Pattern pattern) throws Exception {
    Map<String, String> found = new TreeMap<>();
    Matcher matcher = pattern.matcher(Files.readString(PlantedTree.CHECKOUT.resolve(file)));
    while (matcher.find()) {
      found.put(matcher.group(1), matcher.group(2));
    }
    return found;
  }

  /** Method, kind of path, path, and the host that is written for the gateway within. */
  private static Set<String> route() throws Exception {
    Document route =
        Yaml.read(PlantedTree.ROOT.resolve("base/entrance.yaml")).stream()
            .map(content -> new Document("", Document.asMap(content)))
            .filter(document -> document.kind().equals("HTTPRoute"))
            .findFirst()
            .orElseThrow();
    Set<String> found = new TreeSet<>();
    for (Object entry : Document.asList(route.at("spec", "rules").orElseThrow())) {
      Document rule = new Document("", Document.asMap(entry));
      String host =
          rule.places().stream()
              .filter(place -> place.endsWith("urlRewrite.hostname"))
              .map(Place::text)
              .findFirst()
              .orElseThrow();
      for (Object each : Document.asList(rule.at("matches").orElseThrow())) {
        Document match = new Document("", Document.asMap(each));
        String path = match.text("path", "type") + " " + match.text("path", "value");
        found.add(match.text("method") + " " + path + " to " + host);
      }
    }
    return found;
  }
}
