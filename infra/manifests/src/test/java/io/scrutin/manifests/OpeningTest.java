package io.scrutin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.scrutin.doorkeeper.FirstOpening;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doorkeeper, as it is, makes of the Services, as they are deployed. */
final class OpeningTest {
  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @ParameterizedTest
  @ValueSource(strings = {"local", "staging", "production"})
  void theFirstOpeningKeepsEachFunctionAsWarmAsItAsks(String overlay) throws Exception {
    List<Document> functions =
        new Overlays(Tree.of(PlantedTree.ROOT), PlantedTree.PROGRAM)
            .documents(overlay).stream().filter(Document::isFunction).toList();
    Map<String, Integer> asked = new TreeMap<>();
    for (Document function : functions) {
      Numbers.whole(function.text("metadata", "annotations", "scrutin.io/warm-scale"))
          .ifPresent(replicas -> asked.put(function.name(), Math.toIntExact(replicas)));
    }
    FirstOpening opening =
        FirstOpening.of(
            functions.stream()
                .map(function -> serialization.convertValue(function.content(), Service.class))
                .toList());
    assertThat(opening.complaints()).isEmpty();
    assertThat(opening.warmed()).containsExactlyInAnyOrderEntriesOf(asked);
    assertThat(asked).containsKeys("submit", "verify", "tally");
  }
}
