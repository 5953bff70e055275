package io.scrutin.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.harness.Finding.Caught;
import io.scrutin.harness.Finding.Missed;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteTableTest {
  private static final List<String> NAMES = List.of("nothing", "a", "b");
  private static final String PAGE = page("");

  private static String page(String table) {
    return "# x\n" + WriteTable.BEGIN + "\n" + table + WriteTable.END + "\nrest\n";
  }

  private static Tried tried(String name, String after) {
    return new Tried(name, "wrong.", new Caught(after), new Missed("60 s"));
  }

  @Test
  void tellsEachInstrumentsWord() {
    assertThat(WriteTable.row(tried("a", "1 seed")))
        .isEqualTo("| `a` | wrong. | caught after 1 seed | nothing in 60 s |");
  }

  @Test
  void keepsTheRowsThatWereKnownAndTheirOrder() {
    String page = WriteTable.into(PAGE, tried("b", "2 seeds"), NAMES);
    page = WriteTable.into(page, tried("nothing", "3 seeds"), NAMES);
    page = WriteTable.into(page, tried("a", "4 seeds"), NAMES);
    page = WriteTable.into(page, tried("b", "5 seeds"), NAMES);
    assertThat(page)
        .isEqualTo(
            page(
                """
                | planted | what is wrong then | simulation | chaos |
                |---|---|---|---|
                | `nothing` | wrong. | caught after 3 seeds | nothing in 60 s |
                | `a` | wrong. | caught after 4 seeds | nothing in 60 s |
                | `b` | wrong. | caught after 5 seeds | nothing in 60 s |
                """));
  }

  @Test
  void dropsARowOfABugThatIsNoMore() {
    String page = WriteTable.into(PAGE, tried("b", "2 seeds"), NAMES);
    assertThat(WriteTable.into(page, tried("a", "2 seeds"), List.of("nothing", "a")))
        .doesNotContain("`b`");
  }

  @Test
  void refusesAPageWithoutAPlaceForIt() {
    assertThatThrownBy(() -> WriteTable.into("# x\n", tried("a", "1 seed"), NAMES))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
