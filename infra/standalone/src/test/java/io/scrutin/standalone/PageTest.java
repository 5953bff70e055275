package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static final Pattern TEXT =
      Pattern.compile("^      \"([a-z_.]+)\": \"", Pattern.MULTILINE);
  private static final Pattern USED = Pattern.compile("data-text=\"([a-z_.]+)\"");

  @Test
  void saysEverythingInBothLanguages() throws IOException {
    String script = file("/app.js");
    int english = script.indexOf("\n    en: {");
    Set<String> inFrench = all(TEXT, script.substring(0, english));
    Set<String> inEnglish = all(TEXT, script.substring(english));
    assertThat(inFrench).hasSizeGreaterThan(40).isEqualTo(inEnglish);
    assertThat(inFrench).containsAll(all(USED, file("/")));
  }

  @Test
  void runsUnderAPolicyThatAllowsNothingInline() throws IOException {
    assertThat(file("/"))
        .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:")
        .doesNotContainPattern("(?i)<script(?![^>]*\\ssrc=)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/style.css", "/app.js"})
  void loadsNothingFromElsewhere(String path) throws IOException {
    assertThat(file(path))
        .doesNotContainPattern("(?i)(src|href|url|import|fetch)[=( ]+[\"']?(https?:)?//");
  }

  @Test
  void labelsEveryFieldAndTellsWhereItsErrorIs() throws IOException {
    assertThat(file("/"))
        .contains("<label for=\"nas\"")
        .contains("<label for=\"code\"")
        .contains("<legend")
        .contains("aria-describedby=\"nas-hint nas-error\"")
        .contains("aria-describedby=\"code-hint code-error\"")
        .contains("aria-describedby=\"vote-error\"");
  }

  @Test
  void asksTheServerAndNotTheClockOfAStrangersMachineWhetherVotesAreTaken() throws IOException {
    assertThat(file("/app.js"))
        .contains("return one.state;")
        .doesNotContainPattern("(opens|closes)_at\\) *[<>]");
  }

  @Test
  void sendsPostsOfOneLengthWhateverTheChoice() throws IOException {
    assertThat(file("/app.js"))
        .contains("JSON.stringify(ballot()).padEnd(POST_LENGTH)")
        .contains("const POST_LENGTH = 512;");
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String file(String path) throws IOException {
    return new String(Page.file(path).orElseThrow().content(), StandardCharsets.UTF_8);
  }
}
