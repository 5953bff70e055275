package io.scrutin.results;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/**
 * @param streamLength after which a stream ends; its reader comes back by itself, and whoever went
 *     away without a word is forgotten
 * @param heartbeat how often a stream says something although nothing changes
 * @param maxListeners how many streams this process serves at once
 */
@ConfigurationProperties("results")
record ResultsConfig(
    @NotNull @Bindable(defaultValue = "60s") Duration streamLength,
    @NotNull @Bindable(defaultValue = "15s") Duration heartbeat,
    @Min(1) @Bindable(defaultValue = "10000") int maxListeners) {}
