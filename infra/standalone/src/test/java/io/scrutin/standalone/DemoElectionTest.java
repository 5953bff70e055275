package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.credential.Nas;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Tag;
import io.scrutin.testing.TestPostgres;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoElectionTest {
  private final DemoElection election =
      new DemoElection(TestPostgres.freshDatabase().ownerDataSource(), new EventCodec());

  private static List<Tag> tags(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(
            number -> {
              byte[] bytes = new byte[Tag.LENGTH_BYTES];
              Arrays.fill(bytes, (byte) number);
              return Tag.of(bytes);
            })
        .toList();
  }

  @Test
  void loadsTheSameRollAgain() throws Exception {
    election.loadRoll(tags(1, 5), "hmac-sha256");
    assertThatCode(() -> election.refuseOtherCredentials(tags(1, 5))).doesNotThrowAnyException();
    election.loadRoll(tags(1, 5), "hmac-sha256");
  }

  @Test
  void givesNobodyASecondPlaceOnTheRoll() throws Exception {
    election.loadRoll(tags(1, 5), "hmac-sha256");
    assertThatThrownBy(() -> election.refuseOtherCredentials(tags(11, 5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pepper.key");
  }

  @Test
  void makesCredentialsThatSubmitAccepts() {
    assertThat(IntStream.range(0, 2_000).mapToObj(DemoVoters::nas))
        .doesNotHaveDuplicates()
        .allSatisfy(nas -> assertThat(Nas.parse(nas)).isPresent());
  }
}
