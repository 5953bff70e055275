package io.scrutin.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
  @Provide
  Arbitrary<Instant> moments() {
    return AnyEvent.moments();
  }

  @Property
  void writesWhatTheJdkWrites(@ForAll("moments") Instant moment) {
    assertThat(Rfc3339.write(moment)).isEqualTo(moment.toString());
  }

  @Property
  void readsWhatTheJdkWrites(@ForAll("moments") Instant moment) {
    assertThat(Rfc3339.read(moment.toString())).isEqualTo(moment);
  }

  /** The examples of RFC 3339, 5.8, and every number of decimals. */
  @ParameterizedTest
  @CsvSource({
    "1985-04-12T23:20:50.52Z, 1985-04-12T23:20:50.520Z",
    "1996-12-19T16:39:57-08:00, 1996-12-20T00:39:57Z",
    "1937-01-01T12:00:27.87+00:20, 1937-01-01T11:40:27.870Z",
    "2026-11-21t09:47:20z, 2026-11-21T09:47:20Z",
    "2026-11-21T09:47:20.0Z, 2026-11-21T09:47:20Z",
    "2026-11-21T09:47:20.000000001Z, 2026-11-21T09:47:20.000000001Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
  })
  void readsAnyOffsetAndFraction(String text, String moment) {
    assertThat(Rfc3339.read(text)).isEqualTo(Instant.parse(moment));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-21",
        "2026-11-21T09:47Z",
        "2026-11-21T09:47:20",
        "2026-11-21 09:47:20Z",
        "2026-11-21T09:47:20.Z",
        "2026-11-21T09:47:20.1234567891Z",
        "2026-11-21T09:47:20ZZ",
        "2026-11-21T09:47:20+1:00",
        "2026-11-21T09:47:20+24:00",
        "2026-11-21T09:47:20+01:60",
        "2026-11-21T09:47:20*01:00",
        "2026-11-21T09:47:20+01-00",
        "2026-02-29T09:47:20Z",
        "2026-13-01T09:47:20Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T09:47:60Z",
        "+226-11-21T09:47:20Z",
        "2026-11-2१T09:47:20Z",
        "12026-11-21T09:47:20Z"
      })
  void readsNothingFromWhatIsNoTimestamp(String text) {
    assertThat(Rfc3339.read(text)).isNull();
  }

  @Test
  void writesNoYearOfFiveDigits() {
    assertThatThrownBy(() -> Rfc3339.write(Instant.parse("+10000-01-01T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
