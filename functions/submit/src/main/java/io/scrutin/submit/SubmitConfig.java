package io.scrutin.submit;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of submit.
 *
 * @param keysDir holds {@code pepper.key}, {@code mac.key} and {@code request-id.key}
 * @param requestsPerSecond votes that this instance takes, 0 for no limit
 * @param requestsPerAddressPerSecond votes that it takes from one address, 0 for no limit; loopback
 *     is not counted
 * @param trustedProxies addresses and ranges whose {@code X-Forwarded-For} is believed
 * @param attemptsPerCredential how many attempts with one NAS go through at once
 * @param attemptsPerCredentialPerMinute at which rate more of them follow
 * @param attemptDelay the longest that an attempt with a much tried NAS is held back
 * @param clockTolerance how far what is known of the broker's time may be off its stamp, which
 *     alone decides whether a vote was in time
 * @param loadTimeout how long a vote waits for the contests to be read after a start
 * @param sha256Tags whether contests with rolls of the older, searchable tags are served
 */
@ConfigurationProperties("submit")
record SubmitConfig(
    Path keysDir,
    @Bindable(defaultValue = "0") int requestsPerSecond,
    @Bindable(defaultValue = "20") int requestsPerAddressPerSecond,
    @Nullable List<String> trustedProxies,
    @Bindable(defaultValue = "5") int attemptsPerCredential,
    @Bindable(defaultValue = "12") int attemptsPerCredentialPerMinute,
    @Bindable(defaultValue = "5s") Duration attemptDelay,
    @Bindable(defaultValue = "5s") Duration clockTolerance,
    @Bindable(defaultValue = "3s") Duration loadTimeout,
    @Bindable(defaultValue = "false") boolean sha256Tags) {
  SubmitConfig {
    atLeast("requests-per-second", requestsPerSecond, 0);
    atLeast("requests-per-address-per-second", requestsPerAddressPerSecond, 0);
    atLeast("attempts-per-credential", attemptsPerCredential, 1);
    atLeast("attempts-per-credential-per-minute", attemptsPerCredentialPerMinute, 1);
    within("attempt-delay", attemptDelay, Duration.ZERO, Duration.ofSeconds(10));
    within("clock-tolerance", clockTolerance, Duration.ZERO, Duration.ofMinutes(1));
    within("load-timeout", loadTimeout, Duration.ZERO, Duration.ofSeconds(30));
    trustedProxies = trustedProxies == null ? List.of() : List.copyOf(trustedProxies);
    trustedProxies.forEach(AddressRange::parse);
  }

  List<AddressRange> trustedRanges() {
    return trustedProxies == null
        ? List.of()
        : trustedProxies.stream().map(AddressRange::parse).toList();
  }

  private static void atLeast(String setting, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException("submit." + setting + " is at least " + least);
    }
  }

  private static void within(String setting, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException("submit." + setting + " is " + least + " to " + most);
    }
  }
}
