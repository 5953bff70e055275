package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=10 | 10",
        "respond-async, wait=5 | 5",
        "WAIT=7 | 7",
        "wait=0 | 0",
        "wait=31 | 30",
        "wait=999999999 | 30",
        "wait=-1 | 0",
        "wait=ten | 0",
        "wait=99999999999999999999 | 0",
        "return=minimal | 0",
      })
  void readsHowLongToWait(String header, long seconds) {
    assertThat(Prefer.parse(List.of(header)).patience()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void waitsForNobodyWhoDidNotAsk() {
    assertThat(Prefer.parse(List.of()).patience()).isZero();
  }
}
