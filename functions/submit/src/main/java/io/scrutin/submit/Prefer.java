package io.scrutin.submit;

import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The {@code Prefer} header (RFC 7240), of which {@code wait=SECONDS} is understood. */
record Prefer(Duration patience) {
  /** Less than what proxies and Knative's queue give a request. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private static final String WAIT = "wait=";

  /** A preference that cannot be read is passed over, as the RFC wants. */
  static Prefer parse(List<String> headers) {
    for (String header : headers) {
      for (String preference : header.split(",", 16)) {
        String text = preference.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith(WAIT) && text.substring(WAIT.length()).matches("[0-9]{1,9}")) {
          long seconds = Long.parseLong(text.substring(WAIT.length()));
          return new Prefer(Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())));
        }
      }
    }
    return new Prefer(Duration.ZERO);
  }

  MutableHttpResponse<?> applied(MutableHttpResponse<?> response) {
    return patience.isZero() || response.code() >= 400
        ? response
        : response.header("Preference-Applied", WAIT + patience.toSeconds());
  }
}
