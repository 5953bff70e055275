package io.scrutin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is deployed is free of faults, and what is wrong is found, where it is written. */
final class OverlaysTest {
  @TempDir Path dir;

  @Test
  void noOverlayHasAFault() throws Exception {
    Overlays overlays = new Overlays(Tree.of(PlantedTree.ROOT), PlantedTree.PROGRAM);
    assertThat(overlays.faults()).isEmpty();
    assertThat(Tree.of(PlantedTree.ROOT).overlays())
        .extracting(overlay -> overlay.getFileName().toString())
        .containsExactly("local", "production", "staging");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          misspelt at the top      | functions/dedup.yaml  | spec:                    | specs:                    | specs
          misspelt within          | functions/store.yaml  | failureThreshold         | failureTreshold           | livenessProbe.failureTreshold
          misspelt annotation      | functions/audit.yaml  | scrutin.io/batch.cast    | scrutin.io/batches.cast   | scrutin.io/batches.cast
          unknown annotation       | functions/dedup.yaml  | scrutin.io/batch         | scrutin.io/colour         | scrutin.io/colour
          wrong subject            | functions/verify.yaml | voting.vote.cast.v1      | voting.vote.accepted.v1   | voting.vote.accepted.v1
          wrong batch              | functions/tally.yaml  | batch: "5000"            | batch: "50"               | scrutin.io/batch of tally is 50
          wrong way of calling     | functions/tally.yaml  | by: wake                 | by: stream                | scrutin.io/by of tally is STREAM
          a binding too few        | functions/audit.yaml  | subject.closed           | subject.shut              | audit-closed
          unlisted secret          | functions/submit.yaml | secretName: submit-keys  | secretName: submit-key    | 'submit-key'
          secret without that key  | functions/store.yaml  | key: password            | key: pass                 | no key 'pass'
          ballot key elsewhere     | functions/store.yaml  | name: postgres-store     | name: tally-keys          | tally-keys is for [tally]
          pepper elsewhere         | functions/verify.yaml | secretName: verify-keys  | secretName: submit-keys   | submit-keys is for [submit]
          missing account          | functions/audit.yaml  | Name: audit              | Name: auditor             | no ServiceAccount auditor
          unknown image            | functions/audit.yaml  | image: scrutin/audit     | image: scrutin/audits     | 'scrutin/audits
          missing settings         | trigger.yaml          | key: SCRUTIN_NATS_URL    | key: SCRUTIN_NATS         | has no SCRUTIN_NATS
          not told what it needs   | functions/dedup.yaml  | name: SCRUTIN_REDIS_URL  | name: REDIS_URL           | dedup does not start without [SCRUTIN_REDIS_URL]
          asks more than it gets   | functions/dedup.yaml  | requests: {cpu: 250m     | requests: {cpu: 2500m     | 2500m is more than the limit
          root                     | functions/dedup.yaml  | runAsNonRoot: true       | runAsNonRoot: false       | securityContext.runAsNonRoot
          writable root            | trigger.yaml          | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | readOnlyRootFilesystem
          more rights              | trigger.yaml          | [get, list, watch]       | [get, list, watch, patch] | trigger may not [patch]
          no such word             | doorkeeper.yaml       | concurrencyPolicy: Forbid | concurrencyPolicy: Never | 'Never'
          no such schedule         | doorkeeper.yaml       | "* * * * *"              | "* * * *"                 | '* * * *' is no schedule
          no such duration         | functions/tally.yaml  | window: 60s              | window: 60                | '60' is no duration
          longer than Knative's    | functions/store.yaml  | timeoutSeconds: 60       | timeoutSeconds: 900       | timeoutSeconds: is 1 to 600
          no such quantity         | hashgen.yaml          | storage: 2Gi             | storage: 2Gib             | '2Gib' is no quantity
          no such port             | trigger.yaml          | containerPort: 8080      | containerPort: 80800      | 80800 is no port
          no such metric           | functions/submit.yaml | metric: rps              | metric: requests          | 'requests' is none of
          no bound                 | functions/store.yaml  | max-scale: "4"           | max-scale: "0"            | max-scale
          always on                | functions/store.yaml  | min-scale: "0"           | min-scale: "1"            | costs nothing while nobody votes
          a probe's own period     | functions/store.yaml  | {path: /health/readiness} | {path: /health/readiness}\\n            periodSeconds: 1 | readinessProbe.periodSeconds
          a flag's field           | functions/store.yaml  | enableServiceLinks: false | hostNetwork: true        | spec.hostNetwork
          public function          | functions/store.yaml  | visibility: cluster-local | visibility: public       | visibility
          """)
  void findsWhatIsPlanted(String what, String file, String good, String bad, String named)
      throws Exception {
    PlantedTree tree = new PlantedTree(dir, "local").plant("base/" + file, good, bad);
    assertThat(tree.faults())
        .as(what)
        .anySatisfy(fault -> assertThat(fault).contains("base/" + file).contains(named));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a patch without target   | overlays/production/kustomization.yaml | name: public, | name: publik, | publik
          misspelt in an overlay   | overlays/production/kustomization.yaml | newTag        | tagNew        | tagNew
          an image nobody builds   | overlays/production/kustomization.yaml | scrutin/tally, | scrutin/tele, | scrutin/tele
          misspelt for Postgres    | stores/postgres.yaml | dataDurability | dataDurable | synchronous.dataDurable
          no such durability       | stores/postgres.yaml | dataDurability: required | dataDurability: always | 'always'
          misspelt for Redis       | stores/redis.yaml    | clusterSize    | clusterSizes | spec.clusterSizes
          misspelt for the broker  | overlays/production/nats-values.yaml | sync_interval: | sync: | merge.sync
          brokers too small        | overlays/production/nats-values.yaml | maxSize: 100Gi | maxSize: 90Gi | 8000000 voters
          """)
  void findsWhatIsPlantedInProduction(
      String what, String file, String good, String bad, String named) throws Exception {
    PlantedTree tree = new PlantedTree(dir, "production").plant(file, good, bad);
    assertThat(tree.faults())
        .as(what)
        .anySatisfy(fault -> assertThat(fault).contains(named));
  }
}
