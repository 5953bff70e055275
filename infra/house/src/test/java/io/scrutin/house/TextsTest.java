package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no file of the repository may say, source or not. */
final class TextsTest {
  private static final Checkout CHECKOUT = Checkout.of(House.ofThisRepository().root());

  /** Written in parts, so that this file does not hold what it looks for. */
  private static final Pattern UNFINISHED =
      Pattern.compile(
          "\\b(TO" + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b|(?i)not (yet )?imple" + "mented");

  /**
   * Which mirror a machine uses is its own affair; a build names packages, and never where from.
   */
  private static final Pattern REGISTRY =
      Pattern.compile(
          "(repo\\d?|central|oss|search)\\.(maven|sonatype)|regis"
              + "try\\.(npmjs|yarnpkg)|(deb|ftp|security|snapshot)\\.deb"
              + "ian\\.org|(archive|ports)\\.ubun"
              + "tu\\.com|pyp"
              + "i\\.org|(docker|ghcr|quay)\\.i"
              + "o\\b|jcen"
              + "ter");

  /** A path that is right on one machine only. */
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.})/-])/(wo" + "rk|ro" + "ot|ho" + "me/\\w+|Us" + "ers/\\w+)/");

  @TempDir Path dir;

  @Test
  void nothingIsLeftUnfinished() {
    assertThat(matches(CHECKOUT, UNFINISHED)).isEmpty();
  }

  @Test
  void noRegistryIsNamed() {
    assertThat(matches(CHECKOUT, REGISTRY)).isEmpty();
  }

  @Test
  void noPathOfOneMachineIsNamed() {
    assertThat(matches(CHECKOUT, MACHINE_PATH)).isEmpty();
  }

  @Test
  void nothingIsTrackedThatIsToBeIgnored() {
    assertThat(CHECKOUT.trackedAndIgnored()).isEmpty();
  }

  @Test
  void findsEachOfThem() {
    House bad =
        BadHouse.in(dir)
            .file("a.sh", "# TO" + "DO later\n")
            .file("b.xml", "<url>https://repo1.ma" + "ven.org/x</url>")
            .file("c.md", "see /ho" + "me/ann/scrutin, or /wo" + "rk/x")
            .file("d.md", "target/wo" + "rk/ is fine, and so is a to-do list")
            .written();
    Checkout checkout = Checkout.of(bad.root());
    assertThat(matches(checkout, UNFINISHED)).containsExactly("a.sh:1 TO" + "DO");
    assertThat(matches(checkout, REGISTRY)).containsExactly("b.xml:1 repo1.ma" + "ven");
    assertThat(matches(checkout, MACHINE_PATH)).hasSize(2);
  }

  private static List<String> matches(Checkout checkout, Pattern pattern) {
    List<String> found = new ArrayList<>();
    for (Checkout.TextFile file : checkout.textFiles()) {
      int line = 0;
      for (String text : file.lines()) {
        line++;
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
          found.add(file.path() + ":" + line + " " + matcher.group());
        }
      }
    }
    return found;
  }
}
