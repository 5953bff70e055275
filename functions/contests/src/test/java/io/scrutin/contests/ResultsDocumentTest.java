package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.scrutin.contests.CheckResults.Checked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsDocumentTest {
  @TempDir private Path dir;
  private final JsonMapper json = JsonMapper.createDefault();

  private SigningKey key() throws IOException {
    return SigningKey.inFile(dir.resolve("signing.key"));
  }

  private ResultsDocument document() throws IOException {
    return ResultsDocument.of(
        Samples.row(ContestState.CLOSED).contest(),
        Samples.figures(),
        Samples.BALANCED,
        Samples.CLOSES.plusSeconds(120),
        PublishContest.SOFTWARE,
        key().publicKey());
  }

  @Test
  void saysWhatWasCounted() throws IOException {
    String text = new String(json.writeValueAsBytes(document()), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("\"law_id\":\"law-1\"")
        .contains("\"recorded\":10")
        .contains("\"spoiled\":1")
        .contains("\"roll_size\":100")
        .contains("\"notes\":[\"Redis holds <3> buckets\"]")
        .contains("\"closes_at\":\"2026-11-22T12:00:00Z\"")
        .contains("\"choice\":\"oui\"");
    assertThat(json.readValue(text, ResultsDocument.class)).isEqualTo(document());
  }

  @Test
  void eachByteIsUnderTheSignature() throws IOException {
    byte[] document = json.writeValueAsBytes(document());
    byte[] signature = key().sign(document);
    assertThat(CheckResults.check(json, document, signature)).isInstanceOf(Checked.Signed.class);
    for (int i = 0; i < document.length; i += 7) {
      byte[] changed = document.clone();
      changed[i] ^= 1;
      assertThat(CheckResults.check(json, changed, signature))
          .as("byte %d", i)
          .isInstanceOf(Checked.Doubtful.class);
    }
  }

  /** Each of these is signed, and nothing of it is ours to show. */
  @ParameterizedTest
  @CsvSource({
    "'\"recorded\":10', '\"recorded\":11'",
    "'\"votes\":6', '\"votes\":7'",
    "'\"duplicates\":1', '\"duplicates\":-1'",
    "'\"rejected\":1', '\"rejected\":9223372036854775807'",
    "'Trial law', 'Genuine\\n'",
    "'Trial law', 'Hidden\\u001b[8m'",
    "'\"choice\":\"oui\"', '\"choice\":\"o\\u009bi\"'",
    "'Scrutin ', 'Scrutin\\u0000'",
    "'[\"Redis holds <3> buckets\"]', '[null]'",
    "'[\"Redis holds <3> buckets\"]', '[\"\\u001b\"]'",
    "'\"cast\":12', '\"cast\":null'",
    "'\"cast\":12', '\"cast\":-12'",
    "'\"counts\":[', '\"counts\":[null,'",
    "'\"cast\"', '\"ca\\rst\"'",
  })
  void isNoDocumentOfOursWithOtherFiguresOrHiddenText(String written, String forged)
      throws IOException {
    String genuine = new String(json.writeValueAsBytes(document()), StandardCharsets.UTF_8);
    assertThat(genuine).contains(written);
    byte[] document = genuine.replace(written, forged).getBytes(StandardCharsets.UTF_8);
    assertThat(CheckResults.check(json, document, key().sign(document)))
        .isEqualTo(CheckResults.NOT_OURS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "7", "\"text\"", "{\"format\":null}", "not json"})
  void isNoDocumentOfOursWhenItIsAnythingElse(String text) throws IOException {
    byte[] document = text.getBytes(StandardCharsets.UTF_8);
    assertThat(CheckResults.check(json, document, key().sign(document)))
        .isEqualTo(CheckResults.NOT_OURS);
  }

  @Test
  void negativeVotesThatAddUpAreNoneOfOurs() throws IOException {
    byte[] document =
        new String(json.writeValueAsBytes(document()), StandardCharsets.UTF_8)
            .replace("\"votes\":6", "\"votes\":12")
            .replace("\"votes\":3", "\"votes\":-3")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(CheckResults.check(json, document, key().sign(document)))
        .isInstanceOf(Checked.Doubtful.class);
  }

  @Test
  void isPrintedOnOnePageThatNeedsNothingElse() throws IOException {
    String page = ResultsPage.of(document());
    assertThat(page)
        .contains("Loi d'essai &lt;1&gt;")
        .contains("lang=\"en\">Trial law &lt;1&gt;")
        .contains("Participation")
        .contains("<li>Redis holds &lt;3&gt; buckets</li>")
        .contains("66,67&nbsp;%")
        .contains("10,00&nbsp;%")
        .contains("width:50.00%")
        .contains(key().publicKey().fingerprint())
        .doesNotContain("http://", "https://", "<script", "<link", "<img");
  }

  @Test
  void namesTheVersionThatWasBuilt() throws IOException {
    String pom = Files.readString(Path.of(System.getProperty("scrutin.root")).resolve("pom.xml"));
    String version = PublishContest.SOFTWARE.replace("Scrutin ", "");
    assertThat(pom).contains("<version>" + version + "</version>");
  }
}
