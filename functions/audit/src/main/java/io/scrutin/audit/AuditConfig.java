package io.scrutin.audit;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/**
 * @param integrityMaxAge a recount reads whole tables and anybody may ask for one: between two of a
 *     contest at least this passes, and between two looks for votes that wait
 * @param settlingTime so long after closing, and after each hour, votes stamped before are still on
 *     their way
 */
@ConfigurationProperties("audit")
record AuditConfig(
    @NotNull @Bindable(defaultValue = "10s") Duration integrityMaxAge,
    @NotNull @Bindable(defaultValue = "60s") Duration settlingTime) {}
