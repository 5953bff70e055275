package io.scrutin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The system for a laptop with Docker, checked without one. */
final class ComposeTest {
  private static final Path INFRA = PlantedTree.CHECKOUT.resolve("infra");

  private final String text;

  ComposeTest() throws Exception {
    text = Files.readString(INFRA.resolve("compose.yaml"));
  }

  private static Document compose(String text) {
    return new Document("compose.yaml", Document.asMap(Yaml.read(text, "compose.yaml").getFirst()));
  }

  private static List<String> faults(String text) {
    return CheckCompose.of(compose(text)).stream().map(Fault::toString).toList();
  }

  @Test
  void theLaptopsSystemHasNoFault() {
    assertThat(faults(text)).isEmpty();
  }

  @Test
  void everyFunctionWithABindingIsThereAndEveryFileThatIsMounted() {
    Map<String, Object> services = compose(text).map("services");
    assertThat(services)
        .containsKeys(
            "submit",
            "results",
            "contests",
            "trigger",
            "migrate",
            "reconcile",
            "hashgen",
            "contest");
    services.values().stream()
        .map(service -> CheckCompose.merged(Document.asMap(service)))
        .flatMap(s -> Document.asList(s.getOrDefault("volumes", List.of())).stream())
        .map(volume -> ("" + volume).split(":", -1)[0])
        .filter(path -> path.startsWith("./") && !path.contains("/secrets/"))
        .forEach(path -> assertThat(INFRA.resolve(path)).exists());
  }

  @Test
  void theTriggersFileBindsWhatTheStepsDeclare() throws Exception {
    Properties properties = new Properties();
    properties.load(
        new StringReader(Files.readString(INFRA.resolve("compose/trigger.properties"))));
    assertThat(new TreeMap<>(properties)).isEqualTo(CheckBindings.asProperties());
  }

  @Test
  void findsWhatIsPlanted() {
    List<String[]> planted = new ArrayList<>();
    planted.add(new String[] {"SCRUTIN_REDIS_URL: redis", "REDIS_URL: redis", "verify does not"});
    planted.add(new String[] {"secrets/verify:", "secrets/submit:", "secrets/submit is for"});
    planted.add(new String[] {"NAME: dedup", "NAME: store", "build.args.NAME: is dedup"});
    planted.add(new String[] {"127.0.0.1:8080:8080", "8080:8080", "only the entrance"});
    planted.add(
        new String[] {
          "postgres: {condition: service_healthy}",
          "postgres: {condition: service_completed_successfully}",
          "never comes true"
        });
    planted.add(new String[] {"read_only: true", "readonly: true", "no such field"});
    planted.add(
        new String[] {"scrutin/store:local", "scrutin/store", "nobody builds scrutin/store;"});
    planted.add(new String[] {"profiles: [tools]", "restart: always", "is [tools] for a command"});
    planted.add(
        new String[] {
          "SCRUTIN_BALLOT_KEYS_DIR", "BALLOT_KEYS_DIR", "contests has no use for [BALLOT"
        });
    planted.add(
        new String[] {
          "secrets/postgres/hashgen:/passwords/hashgen", "secrets/postgres:/passwords", "alone"
        });
    planted.add(
        new String[] {
          "submit/pepper.key:/keys/pepper.key", "submit:/keys", "sees the pepper, and"
        });
    for (String[] plant : planted) {
      assertThat(text).contains(plant[0]);
      assertThat(faults(text.replace(plant[0], plant[1])))
          .as(plant[1])
          .anySatisfy(fault -> assertThat(fault).contains(plant[2]));
    }
  }
}
