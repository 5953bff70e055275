package io.scrutin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doorkeeper makes is checked with what it is made beside. */
final class CheckHeartbeatsTest {
  private static final List<Document> FUNCTIONS =
      List.of(function("contests"), function("tally"), function("reconcile"));

  private static Document function(String name) {
    return document(
        """
        apiVersion: serving.knative.dev/v1
        kind: Service
        metadata: {name: %s, namespace: scrutin, labels: {scrutin.io/function: %s}}
        """
            .formatted(name, name));
  }

  private static Document document(String text) {
    return new Document("planted", Document.asMap(Yaml.read(text, "planted").getFirst()));
  }

  private static List<String> faults(List<Document> functions, Document source) {
    List<Document> all = new ArrayList<>(functions);
    all.add(source);
    List<Fault> faults = new ArrayList<>(CheckHeartbeats.of(all));
    faults.addAll(CheckValues.of(source));
    faults.addAll(new TypedModels().faults(source));
    return faults.stream().map(Fault::toString).toList();
  }

  @Test
  void whatIsMadeHasNoFaultBesideItsFunctions() {
    assertThat(CheckHeartbeats.made()).hasSize(3);
    for (Document source : CheckHeartbeats.made()) {
      assertThat(faults(FUNCTIONS, source)).isEmpty();
    }
  }

  @Test
  void findsThatTheFunctionIsNotThere() {
    for (Document source : CheckHeartbeats.made()) {
      assertThat(faults(List.of(), source))
          .anySatisfy(fault -> assertThat(fault).contains("there is no function"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * * *               | * * * * * *         | is no schedule
          * * * * *               | 61 * * * *          | is no minute
          uri: /events/tally      | uri: /events        | spec.sink.uri
          uri: /events/tally      | uri: /events/submit | spec.sink.uri
          kind: Service           | kind: Deployment    | no function tally
          serving.knative.dev/v1  | v1                  | no function tally
          contentType:            | contentTypes:       | no such field
          tally, namespace: scrutin | tally, namespace: other | no function tally
          """)
  void findsWhatIsPlanted(String good, String bad, String named) {
    String source =
        """
        apiVersion: sources.knative.dev/v1
        kind: PingSource
        metadata: {name: heartbeat-tally, namespace: scrutin}
        spec:
          contentType: application/json
          data: "{}"
          schedule: "* * * * *"
          sink:
            ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: tally, namespace: scrutin}
            uri: /events/tally
        """;
    assertThat(source).contains(good);
    assertThat(faults(FUNCTIONS, document(source.replace(good, bad))))
        .anySatisfy(fault -> assertThat(fault).contains(named));
  }
}
