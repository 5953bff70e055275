package io.scrutin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir Path dir;

  @Test
  void holdsWhatWasSentAndToldAlsoWhenNobodyClosesIt() throws Exception {
    Path file = dir.resolve("ledger.tsv");
    Intent intent = new Intent(0, Duration.ofMillis(20), 3, "law", "oui", "chaos-0");
    Told refused = new Told(0, 1_000, 1_020, 503, "");
    Told promised = new Told(0, 2_000, 2_020, 202, "0123456789abcdef0123456789abcdef");
    Ledger ledger = Ledger.open(file);
    ledger.sent(intent);
    ledger.told(refused);
    ledger.told(promised);
    Entries entries = Ledger.read(file);
    assertThat(entries.sent()).containsOnly(Map.entry(0, intent));
    assertThat(entries.told()).containsExactly(refused, promised);
    ledger.close();
  }
}
