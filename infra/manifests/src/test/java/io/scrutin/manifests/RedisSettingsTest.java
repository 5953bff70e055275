package io.scrutin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Redis keeps on its disk is kept alike wherever it runs. */
final class RedisSettingsTest {
  private static final String[] KEPT = {
    "appendonly yes", "appendfsync everysec", "save 3600 1", "maxmemory-policy noeviction"
  };

  /** As a command line has it, and as a file has it. */
  private static String plain(Path file) throws Exception {
    return Files.readString(file).replaceAll("[\",]|--", "").replaceAll(" +", " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "infra/redis/redis.conf",
        "infra/compose.yaml",
        "knative/overlays/local/redis.yaml",
        "knative/stores/redis.yaml"
      })
  void itsLogIsOnTheDiskWithinASecondAndASnapshotBesideIt(String file) throws Exception {
    assertThat(plain(PlantedTree.CHECKOUT.resolve(file))).contains(KEPT);
    assertThat(plain(PlantedTree.CHECKOUT.resolve(file)))
        .containsPattern("save 3600 1\\s+(save )?300 100\\s+(save )?60 10000");
  }
}
