package io.scrutin.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.testing.TestNats;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, on a broker that is there; a whole system has them in its runbook's tests. */
class StreamsCommandTest {
  private static final int MESSAGES = 2_000;

  @TempDir Path dir;
  private final TestNats.Environment nats = TestNats.freshEnvironment();
  private String said = "";

  @AfterEach
  void close() {
    nats.close();
  }

  private int run(String... words) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    Map<String, String> environment =
        Map.of("SCRUTIN_NATS_URL", nats.url(), "SCRUTIN_ENVIRONMENT", nats.name());
    int status = StreamsCommand.run(List.of(words), environment, out, out);
    said = text.toString();
    return status;
  }

  private String casts() {
    return StreamName.CASTS.in(nats.name());
  }

  private JetStreamManagement management() throws Exception {
    return nats.connection().jetStreamManagement();
  }

  /** More than one chunk of a copy, as random bytes are not made smaller. */
  private void fill() throws Exception {
    byte[] message = new byte[512];
    java.util.Random random = new java.util.Random(7);
    for (int i = 0; i < MESSAGES; i++) {
      random.nextBytes(message);
      nats.connection().publish(EventType.VOTE_CAST.subject(nats.name()), message);
    }
    nats.connection()
        .jetStream()
        .publish(EventType.VOTE_CAST.subject(nats.name()), "last".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aCopyBringsBackEachMessageWithItsStampAndEachDurable() throws Exception {
    fill();
    management()
        .addOrUpdateConsumer(
            casts(),
            ConsumerConfiguration.builder()
                .durable("reader")
                .ackPolicy(AckPolicy.Explicit)
                .build());
    MessageInfo before =
        management().getLastMessage(casts(), EventType.VOTE_CAST.subject(nats.name()));
    String copy = dir.resolve("copy").toString();
    assertThat(run("backup", copy)).as(said).isZero();
    assertThat(run("backup", copy)).isEqualTo(1);
    assertThat(said).contains("not empty");
    assertThat(run("restore", copy)).isEqualTo(1);
    assertThat(said).contains("nothing is restored");

    management().deleteStream(casts());
    assertThat(run("list")).isEqualTo(1);
    assertThat(said).contains("is not there");
    assertThat(run("restore", copy)).as(said).isZero();
    MessageInfo after =
        management().getLastMessage(casts(), EventType.VOTE_CAST.subject(nats.name()));
    assertThat(after.getSeq()).isEqualTo(before.getSeq()).isEqualTo(MESSAGES + 1);
    assertThat(after.getTime()).isEqualTo(before.getTime());
    assertThat(after.getData()).isEqualTo(before.getData());
    assertThat(management().getConsumerNames(casts())).containsExactly("reader");
    assertThat(run("list")).isZero();
  }

  @Test
  void halfACopyTouchesNothing() throws Exception {
    String copy = dir.resolve("copy").toString();
    assertThat(run("backup", copy)).as(said).isZero();
    Files.delete(dir.resolve("copy").resolve(StreamName.VOTES.in(nats.name()) + ".json"));
    management().deleteStream(casts());
    assertThat(run("restore", copy)).isEqualTo(1);
    assertThat(said).contains("no whole copy of " + StreamName.VOTES.in(nats.name()));
    assertThat(management().getStreamNames()).doesNotContain(casts());
  }

  @Test
  void roomIsGivenAndNeverTakenAway() throws Exception {
    long before = management().getStreamInfo(casts()).getConfiguration().getMaxBytes();
    assertThat(run("grow", "--voters", "1000")).isEqualTo(1);
    assertThat(said).contains("already");
    assertThat(run("grow", "--voters", "0")).isEqualTo(2);
    assertThat(run("grow", "--voters", "200000")).as(said).isZero();
    long after = management().getStreamInfo(casts()).getConfiguration().getMaxBytes();
    assertThat(after).isEqualTo(200_000L * 2 * 1024).isGreaterThan(before);
    assertThat(
            management()
                .getStreamInfo(StreamName.VOTES.in(nats.name()))
                .getConfiguration()
                .getMaxBytes())
        .isGreaterThanOrEqualTo(5 * after);
  }

  @Test
  void saysWhereItLookedWhenNobodyIsThere() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    assertThat(StreamsCommand.run(List.of("list"), Map.of(), out, out)).isEqualTo(2);
    assertThat(text.toString()).contains("SCRUTIN_NATS_URL");
  }
}
