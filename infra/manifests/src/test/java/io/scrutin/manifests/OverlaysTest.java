package io.scrutin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is deployed is free of faults, and what is wrong is found, where it is written. */
final class OverlaysTest {
  /**
   * Something to change in a copy of the tree, and what the check has to say of it. Those that do
   * not hide one another share a copy: rendering takes longer than everything else. A fault names
   * the file in which its document is declared, which may be another than the patch that is at
   * fault.
   */
  private record Plant(
      String tree,
      String what,
      String file,
      String good,
      String bad,
      String named,
      String declared) {
    static Plant of(String line) {
      String[] cells = line.replace("| |", "|  |").split(" \\| ", -1);
      return new Plant(
          cells[0].strip(),
          cells[1].strip(),
          cells[2].strip(),
          cells[3].strip().replace("\\n", "\n"),
          cells[4].strip().replace("\\n", "\n"),
          cells[5].strip(),
          cells[cells.length > 6 ? 6 : 2].strip());
    }

    @Override
    public String toString() {
      return what;
    }
  }

  private static final List<Plant> PLANTS =
      """
          second     | misspelt at the top     | base/functions/results.yaml | spec: | specs: | specs
          first      | misspelt within         | base/functions/store.yaml | failureThreshold | failureTreshold | livenessProbe.failureTreshold
          second     | misspelt annotation     | base/functions/audit.yaml | scrutin.io/batch.cast | scrutin.io/batches.cast | scrutin.io/batches.cast
          second     | unknown annotation      | base/functions/dedup.yaml | scrutin.io/batch | scrutin.io/colour | scrutin.io/colour
          first      | wrong subject           | base/functions/verify.yaml | voting.vote.cast.v1 | voting.vote.accepted.v1 | voting.vote.accepted.v1
          first      | wrong batch             | base/functions/tally.yaml | batch: "5000" | batch: "50" | scrutin.io/batch of tally is 50
          second     | wrong way of calling    | base/functions/tally.yaml | by: wake | by: stream | scrutin.io/by of tally is STREAM
          first      | a binding too few       | base/functions/audit.yaml | subject.closed | subject.shut | batch.closed belongs to no
          first      | unlisted secret         | base/functions/submit.yaml | secretName: submit-keys | secretName: submit-key | 'submit-key'
          first      | secret without that key | base/functions/store.yaml | key: password | key: pass | no key 'pass'
          second     | ballot key elsewhere    | base/functions/store.yaml | name: postgres-store | name: tally-keys | tally-keys is for [tally]
          second     | pepper elsewhere        | base/functions/verify.yaml | secretName: verify-keys | secretName: submit-keys | submit-keys is for [submit]
          listed     | ballot key given away   | secrets.yaml | ["*"], by: [tally] | ["*"], by: [tally, store] | tally-keys: by: is [tally]
          listed     | and taken               | base/functions/store.yaml | name: postgres-store | name: tally-keys | by the function tally only
          listed     | pepper given away       | secrets.yaml | by: [submit] | by: [submit, verify] | submit-keys: by: is [submit]
          listed     | and mounted             | base/functions/verify.yaml | secretName: verify-keys | secretName: submit-keys | by the function submit only
          listed     | another's account       | base/functions/dedup.yaml | Name: dedup | Name: tally | tally is somebody else's account
          second     | missing account         | base/functions/audit.yaml | Name: audit | Name: auditor | no ServiceAccount auditor
          first      | unknown image           | base/functions/audit.yaml | image: scrutin/audit | image: scrutin/audits | 'scrutin/audits
          first      | missing settings        | base/trigger.yaml | key: SCRUTIN_NATS_URL | key: SCRUTIN_NATS | has no SCRUTIN_NATS
          first      | not told what it needs  | base/functions/dedup.yaml | name: SCRUTIN_REDIS_URL | name: REDIS_URL | dedup does not start without [SCRUTIN_REDIS_URL]
          first      | asks more than it gets  | base/functions/dedup.yaml | requests: {cpu: 250m | requests: {cpu: 2500m | 2500m is more than the limit
          second     | root                    | base/functions/dedup.yaml | runAsNonRoot: true | runAsNonRoot: false | securityContext.runAsNonRoot
          first      | writable root           | base/trigger.yaml | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | readOnlyRootFilesystem
          first      | more rights             | base/trigger.yaml | [get, list, watch] | [get, list, watch, patch] | trigger may not [patch]
          first      | no such word            | base/doorkeeper.yaml | concurrencyPolicy: Forbid | concurrencyPolicy: Never | 'Never'
          first      | no such schedule        | base/doorkeeper.yaml | "* * * * *" | "* * * *" | '* * * *' is no schedule
          first      | no such duration        | base/functions/store.yaml | window: 60s | window: 60sec | '60sec' is no duration
          first      | longer than Knative's   | base/functions/store.yaml | timeoutSeconds: 60 | timeoutSeconds: 900 | timeoutSeconds: is 1 to 600
          second     | no such quantity        | base/hashgen.yaml | storage: 2Gi | storage: 2Gib | '2Gib' is no quantity
          first      | no such port            | base/trigger.yaml | containerPort: 8080 | containerPort: 80800 | 80800 is no port
          first      | no such metric          | base/functions/submit.yaml | metric: rps | metric: requests | 'requests' is none of
          second     | no bound                | base/functions/store.yaml | max-scale: "4" | max-scale: "0" | max-scale
          first      | a doorkeeper's own       | base/functions/store.yaml | initial-scale: "0" | initial-scale: "0"\\n        autoscaling.knative.dev/min-scale: "0" | keep nothing
          second     | always on               | base/functions/store.yaml | initial-scale: "0" | initial-scale: "1" | costs nothing while nobody votes
          second     | no bindings at all      | base/trigger.yaml | TRIGGER_DISCOVERY_ENABLED | TRIGGER_DISCOVERY | trigger does not start without [TRIGGER_DISCOVERY_ENABLED]
          first      | a role without password | base/jobs.yaml | path: doorkeeper} | path: doorman} | /passwords has no [doorkeeper]
          first      | a password too many     | base/hashgen.yaml | path: hashgen} | path: hash} | nobody asks for [hash]
          second     | a job without password  | base/doorkeeper.yaml | name: SCRUTIN_POSTGRES_PASSWORD | name: SCRUTIN_PASSWORD | doorkeeper does not start without [SCRUTIN_POSTGRES_PASSWORD]
          first      | function, no password   | base/functions/reconcile.yaml | DATASOURCES_RECONCILE_PASSWORD | RECONCILE_PASSWORD | reconcile does not start without [DATASOURCES_RECONCILE_PASSWORD]
          first      | another's password      | base/functions/store.yaml | name: DATASOURCES_STORE_PASSWORD | name: DATASOURCES_DEDUP_PASSWORD | store has no use for [DATASOURCES_DEDUP_PASSWORD]
          first      | keys that are elsewhere | base/functions/submit.yaml | value: /keys | value: /key | SUBMIT_KEYS_DIR is /key: nothing is mounted there
          first      | an answer given up      | base/functions/reconcile.yaml | responseStartTimeoutSeconds: 600 | idleTimeoutSeconds: 600 | responseStartTimeoutSeconds: is said
          second     | begins after its end    | base/functions/reconcile.yaml | responseStartTimeoutSeconds: 600 | responseStartTimeoutSeconds: 601 | is not longer than timeoutSeconds, 600
          first      | a probe's own period    | base/functions/store.yaml | {path: /health/readiness} | {path: /health/readiness}\\n            periodSeconds: 1 | readinessProbe.periodSeconds
          first      | a flag's field          | base/functions/store.yaml | enableServiceLinks: false | hostNetwork: true | spec.hostNetwork
          first      | public function         | base/functions/store.yaml | visibility: cluster-local | visibility: public | visibility
          first      | asleep between beats     | base/functions/tally.yaml | window: 180s | window: 120s | is 180s at least
          second     | key, in a Deployment     | base/trigger.yaml | emptyDir: {sizeLimit: 32Mi} | secret: {secretName: tally-keys} | tally-keys is for [tally]
          second     | key, as variables        | base/doorkeeper.yaml | image: scrutin/doorkeeper | image: scrutin/doorkeeper\\n              envFrom: [{secretRef: {name: tally-keys}}] | tally-keys is for [tally]
          second     | key, projected           | base/hashgen.yaml | emptyDir: {sizeLimit: 32Mi} | projected: {sources: [{secret: {name: tally-keys}}]} | tally-keys is for [tally]
          first      | more than it does        | base/doorkeeper.yaml | [get, list, patch] | [get, list, patch, watch] | doorkeeper may not [watch]
          first      | closed to nobody        | base/policies.yaml | policyTypes: [Ingress, Egress] | policyTypes: [Ingress] | no policy closes what is ours | base/namespace.yaml
          first      | called by anybody       | base/policies.yaml | kubernetes.io/metadata.name: knative-serving\\n          podSelector:\\n            matchLabels:\\n              app: activator | kubernetes.io/metadata.name: default | called by Knative alone
          first      | past the queue proxy    | base/policies.yaml | port: 8012 | port: 8080 | past its queue proxy
          second     | passed on for anybody   | base/policies.yaml | port: 8090 | port: 8081 | lets everybody in
          second     | open to the broker      | base/functions/store.yaml | scrutin.io/uses-postgres | scrutin.io/uses-nats | uses-nats goes with
          second     | in no policy            | base/functions/dedup.yaml | scrutin.io/is: function | scrutin.io/is: thing | each has it
          first      | a host nobody has       | base/entrance.yaml | hostname: results.scrutin | hostname: result.scrutin | is not the name of one function
          first      | a grant for another     | base/entrance.yaml | kind: Service, name: kourier-internal | kind: Service, name: kourier | no ReferenceGrant in kourier-system
          first      | sent without a port     | base/entrance.yaml | namespace: kourier-system, port: 80} | namespace: kourier-system} | is named without a port
          first      | any method              | base/entrance.yaml | \\n          method: POST | \\n | names the one method
          target     | a patch without target  | overlays/production/kustomization.yaml | name: public, | name: publik, | publik
          production | another's Postgres       | stores/postgres.yaml | cloudnative-pg/postgresql:17 | postgres:17 | is cloudnative-pg/postgresql
          production | another's Redis          | stores/redis.yaml | opstree/redis: | redis: | is opstree/redis
          production | refused by the namespace | stores/redis.yaml | allowPrivilegeEscalation: false | allowPrivilegeEscalation: true | spec.redisLeader.securityContext
          production | nobody's archive         | overlays/production/archive.yaml | s3://scrutin-archive-production/ | s3://set-by-the-overlay/ | say where its archive is
          misspelt   | misspelt in an overlay  | overlays/production/kustomization.yaml | newTag | tagNew | tagNew
          production | an image nobody builds  | overlays/production/kustomization.yaml | scrutin/tally, | scrutin/tele, | scrutin/tele
          production | misspelt for Postgres   | stores/postgres.yaml | dataDurability | dataDurable | synchronous.dataDurable
          production | no such compression      | stores/postgres.yaml | compression: gzip | compression: zip | 'zip'
          production | misspelt for Redis      | stores/redis.yaml | clusterSize | clusterSizes | spec.clusterSizes
          production | misspelt for the broker | overlays/production/nats-values.yaml | sync_interval: | sync: | merge.sync
          production | brokers too small       | overlays/production/nats-values.yaml | maxSize: 100Gi | maxSize: 90Gi | 8000000 voters
          weak       | a single copy           | overlays/production/config.yaml | REPLICAS: "3" | REPLICAS: "1" | data.SCRUTIN_REPLICAS: is 3 | base/config.yaml
          weak       | a single broker         | overlays/production/nats-values.yaml | replicas: 3 | replicas: 1 | cluster.replicas: is 3
          weak       | brokers that never sync | overlays/production/nats-values.yaml | sync_interval: 10s | sync_interval: 0s | sync_interval: '0s' is neither
          trusting   | less than brokers lose  | overlays/production/config.yaml | SYNC_INTERVAL: 10s | SYNC_INTERVAL: 5s | data.SCRUTIN_SYNC_INTERVAL: is at least | base/config.yaml
          weak       | brokers without a disk  | overlays/production/nats-values.yaml | pvc:\\n        enabled: true | pvc:\\n        enabled: false | pvc.enabled: is true
          weak       | two of Postgres         | stores/postgres.yaml | instances: 3 | instances: 2 | spec.instances: is 3
          weak       | Postgres alone          | stores/postgres.yaml | number: 1 | number: 0 | synchronous.number: is 1
          weak       | alone in need           | stores/postgres.yaml | dataDurability: required | dataDurability: preferred | dataDurability: is required
          weak       | local commit            | stores/postgres.yaml | synchronous_commit: "on" | synchronous_commit: local | synchronous_commit: is one of
          weak       | nothing archived        | stores/postgres.yaml | isWALArchiver: true | isWALArchiver: false | exactly one is the WAL archiver
          removed    | copies not said         | overlays/production/config.yaml | SCRUTIN_REPLICAS: "3" | | data.SCRUTIN_REPLICAS: is 3 | base/config.yaml
          removed    | brokers not counted     | overlays/production/nats-values.yaml | replicas: 3 | | cluster.replicas: is 3
          removed    | no sync_interval        | overlays/production/nats-values.yaml | sync_interval: 10s | | sync_interval: '' is neither
          removed    | instances not counted   | stores/postgres.yaml | instances: 3 | | spec.instances: is 3
          removed    | no synchronous number   | stores/postgres.yaml | number: 1 | | synchronous.number: is 1
          removed    | no durability           | stores/postgres.yaml | dataDurability: required | | dataDurability: is required
          removed    | no synchronous commit   | stores/postgres.yaml | synchronous_commit: "on" | | synchronous_commit: is one of
          removed    | no such archive         | stores/postgres.yaml | barmanObjectName: postgres-archive | barmanObjectName: nowhere | no ObjectStore nowhere
      """
          .lines()
          .map(Plant::of)
          .toList();

  @TempDir static Path dir;
  private static final Map<String, List<String>> FAULTS = new HashMap<>();

  static Stream<Plant> plants() {
    return PLANTS.stream();
  }

  private static List<String> faultsOf(String name) throws Exception {
    if (!FAULTS.containsKey(name)) {
      String overlay = List.of("first", "second", "listed").contains(name) ? "local" : "production";
      PlantedTree tree = new PlantedTree(dir.resolve(name), overlay);
      for (Plant plant : PLANTS) {
        if (plant.tree().equals(name)) {
          tree.plant(plant.file(), plant.good(), plant.bad());
        }
      }
      FAULTS.put(name, tree.faults());
    }
    return FAULTS.getOrDefault(name, List.of());
  }

  @Test
  void noOverlayHasAFault() throws Exception {
    Overlays overlays = new Overlays(Tree.of(PlantedTree.ROOT), PlantedTree.PROGRAM);
    assertThat(overlays.faults()).isEmpty();
    assertThat(Tree.of(PlantedTree.ROOT).overlays())
        .extracting(overlay -> overlay.getFileName().toString())
        .containsExactly("local", "production", "staging");
  }

  @Test
  void twoEnvironmentsNeverShareAnArchive() throws Exception {
    List<Document> one =
        new Overlays(Tree.of(PlantedTree.ROOT), PlantedTree.PROGRAM).documents("staging");
    assertThat(CheckArchives.of(Map.of("staging", one))).isEmpty();
    assertThat(CheckArchives.of(Map.of("staging", one, "rehearsal", one)))
        .extracting(Fault::kind)
        .containsExactlyInAnyOrder("Cluster", "ObjectStore");
  }

  @ParameterizedTest
  @MethodSource("plants")
  void findsWhatIsPlanted(Plant plant) throws Exception {
    assertThat(faultsOf(plant.tree()))
        .anySatisfy(fault -> assertThat(fault).contains(plant.declared()).contains(plant.named()));
  }
}
