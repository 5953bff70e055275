package io.scrutin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the check takes for a container's needs is what the code reads. */
final class VariablesTest {
  @Test
  void whatAFunctionNeedsIsReadFromItsCode() {
    assertThat(CheckVariables.needed("verify"))
        .containsExactlyInAnyOrder(
            "SCRUTIN_ENVIRONMENT",
            "SCRUTIN_REDIS_URL",
            "SCRUTIN_POSTGRES_URL",
            "DATASOURCES_VERIFY_PASSWORD",
            "VERIFY_KEYS_DIR");
    assertThat(CheckVariables.needed("submit"))
        .containsExactlyInAnyOrder("SCRUTIN_ENVIRONMENT", "SCRUTIN_NATS_URL", "SUBMIT_KEYS_DIR");
    assertThat(CheckVariables.needed("reconcile"))
        .containsExactlyInAnyOrder(
            "SCRUTIN_ENVIRONMENT",
            "SCRUTIN_NATS_URL",
            "SCRUTIN_REDIS_URL",
            "SCRUTIN_POSTGRES_URL",
            "DATASOURCES_RECONCILE_PASSWORD");
  }

  @Test
  void whatHasADefaultIsAllowedAndNotNeeded() {
    assertThat(AskedSettings.of("submit").known())
        .contains("SUBMIT_TRUSTED_PROXIES", "SUBMIT_REQUESTS_PER_SECOND");
    assertThat(AskedSettings.of("trigger").known()).contains("TRIGGER_DISCOVERY_ENABLED");
    assertThat(CheckVariables.of("submit", Set.of("SUBMIT_REQUESTS_A_SECOND")))
        .contains("submit has no use for [SUBMIT_REQUESTS_A_SECOND]");
  }

  @Test
  void whatAJobNeedsIsNamedInItsClasses() {
    CheckVariables.CODE.forEach(
        (job, packages) -> {
          for (String variable : CheckVariables.needed(job)) {
            assertThat(packages).as(job).anyMatch(name -> OwnClasses.name(name, variable));
          }
        });
    assertThat(OwnClasses.name("doorkeeper", "SCRUTIN_POSTGRES_PASSWORDS_DIR")).isFalse();
  }
}
