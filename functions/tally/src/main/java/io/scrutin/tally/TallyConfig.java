package io.scrutin.tally;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;

/**
 * @param keysDir the folder whose {@code ballot/} holds the private halves of the ballot keys
 * @param settlingTime how long after closing, and after the last envelope, what is left is opened
 *     in a group of whatever size; only a demonstration is in more of a hurry than a minute
 */
@ConfigurationProperties("tally")
record TallyConfig(@NotNull Path keysDir, @Bindable(defaultValue = "60s") Duration settlingTime) {
  private static final Duration LONGEST = Duration.ofHours(1);

  TallyConfig {
    if (settlingTime.isNegative() || settlingTime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("tally.settling-time is 0s to " + LONGEST);
    }
  }
}
