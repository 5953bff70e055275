package io.scrutin.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.standalone.Credentials.Credential;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A search that cannot find anything would prove any promise. */
class SearchTest {
  private static final Credential VOTER = new Credential("046454286", "K7MN2PQR");
  private static final String LAW = "law-1";

  private final FindSecrets secrets = new FindSecrets(List.of(VOTER), LAW);
  private final FindChoices choices = new FindChoices(List.of("oui", "non"), List.of("c0ffee"));

  @Test
  void findsACredentialInEachOfItsForms() throws Exception {
    byte[] joined = "046454286|K7MN2PQR|law-1".getBytes(StandardCharsets.UTF_8);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(joined);
    List<String> written =
        List.of(
            "046454286",
            "k7mn2pqr",
            "046454286K7MN2PQR",
            HexFormat.of().formatHex("046454286".getBytes(StandardCharsets.UTF_8)),
            Base64.getEncoder().encodeToString("K7MN2PQR".getBytes(StandardCharsets.UTF_8)),
            HexFormat.of().formatHex(hash),
            Base64.getEncoder().encodeToString(hash),
            // As COPY writes bytes.
            "\\\\x" + HexFormat.of().formatHex(hash),
            "046 454 286",
            "046-454-286",
            "aaaa-K7MN-2PQR");
    for (String form : written) {
      FindSecrets search = new FindSecrets(List.of(VOTER), LAW);
      search.read("here", "{\"some\":\"" + form + "\"}");
      assertThat(search.places()).as(form).containsExactly("here");
    }
  }

  @Test
  void doesNotTakeDigitsOfAHashForANas() {
    secrets.read("table", "\\x046454286abcdef");
    assertThat(secrets.places()).isEmpty();
    assertThat(secrets.words()).isPositive();
  }

  @Test
  void findsAChoiceBesideAVote() {
    choices.read("local.voting.vote.cast.v1", "{\"choice\":\"oui\"}");
    choices.read("table audit.vote_audit", "abc\tnon\t2");
    choices.read("Redis local:voted_hashes:", "12=non");
    assertThat(choices.places())
        .containsExactlyInAnyOrder(
            "local.voting.vote.cast.v1", "table audit.vote_audit", "Redis local:voted_hashes:");
  }

  @Test
  void doesNotTakeBase64ForAChoice() {
    choices.read("local.voting.vote.cast.v1", "{\"sealed\":\"AB+oui/non==\"}");
    assertThat(choices.places()).isEmpty();
  }

  @Test
  void letsTheBoxAndTheBallotItselfNameChoices() {
    choices.read("table tally.ballot_box", "law\toui");
    choices.read("local.voting.contest.opened.v1", "{\"id\":\"non\"}");
    choices.read("Redis local:results:", "{\"choice\":\"non\"}");
    assertThat(choices.places()).isEmpty();
  }

  @Test
  void findsTheKeyAnywhere() {
    choices.read("table contests.contest", "c0ffee");
    assertThat(choices.places()).containsExactly("table contests.contest (the key)");
  }
}
