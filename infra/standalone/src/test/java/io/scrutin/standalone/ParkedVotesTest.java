package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.parked.ParkedCommand;
import io.scrutin.reconcile.ReconcileCommand;
import io.scrutin.standalone.VotingClient.Told;
import io.scrutin.step.StepRunner;
import io.scrutin.testing.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The runbook's page on parked votes, on a whole system: its last test closes the contest. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ParkedVotesTest {
  /** A function has to fail five times, with waits between, before an event is given up. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;
  private static Books books;
  private static final List<String> leftForLater = new ArrayList<>();
  private static int nextVoter;
  private String said = "";

  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

  @BeforeAll
  static void start() throws Exception {
    LOG.start();
    ((Logger) LoggerFactory.getLogger(StepRunner.class)).addAppender(LOG);
    system = Started.on(dir, 2_000, new Shape.Together());
    client = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    books = new Books(system.servers().owner());
  }

  @AfterAll
  static void stop() {
    client.close();
    system.close();
  }

  private static String failure(ILoggingEvent line) {
    return ThrowableProxyUtil.asString(line.getThrowableProxy());
  }

  private static String vote() {
    int voter = nextVoter++;
    return client
        .vote(system.voters().get(voter), "oui", "parked-" + voter)
        .join()
        .requestId()
        .orElseThrow();
  }

  private static boolean is(String vote, String status) {
    return client.outcome(vote).filter(told -> told.status().equals(status)).isPresent();
  }

  private int parked(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int code = ParkedCommand.run(List.of(arguments), system.surroundings(), out, out);
    said = text.toString();
    return code;
  }

  /** The runbook's own command, about this event. */
  private int runbook(String verb, String event) throws IOException {
    Path page = Path.of(System.getProperty("scrutin.root"), "docs", "runbook", "parked-votes.md");
    String command =
        Files.readAllLines(page).stream()
            .filter(line -> line.startsWith("./scrutin parked " + verb))
            .findFirst()
            .orElseThrow()
            .replace("EVENT", event);
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return parked(words.subList(2, words.size()).toArray(String[]::new));
  }

  private String reconciled() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    ReconcileCommand.run(List.of(), system.surroundings(), out, out);
    return text.toString();
  }

  private static void sql(String statements) throws SQLException {
    try (var connection = system.servers().owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  /** Broken for these votes alone, before store can have seen them. */
  private static List<String> votesThatBreakStore(int count) throws SQLException {
    try (var connection = system.servers().owner().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE store.envelope IN ACCESS EXCLUSIVE MODE");
      List<String> votes = Stream.generate(ParkedVotesTest::vote).limit(count).toList();
      String ids = votes.stream().map("'\\x%s'"::formatted).collect(Collectors.joining(", "));
      statement.execute(
          "ALTER TABLE store.envelope ADD CONSTRAINT broken CHECK (vote_id NOT IN (" + ids + "))");
      connection.commit();
      return votes;
    }
  }

  /**
   * While others get through, one after the other, or the function would be to blame; these are
   * returned. Those that came in one message are tried five times there and five times more alone.
   */
  private static List<String> untilParked(List<String> broken) {
    List<String> others = new ArrayList<>();
    Await.until(
        PATIENCE,
        () -> {
          String other = vote();
          others.add(other);
          Await.until(() -> is(other, "recorded"), "another one gets through");
          return broken.stream().allMatch(vote -> is(vote, "parked"));
        },
        "they are parked while others get through");
    return others;
  }

  @Test
  @Order(1)
  void recordsAParkedVoteOnceItsFunctionIsRepaired() throws Exception {
    leftForLater.addAll(votesThatBreakStore(4));
    List<String> others = untilParked(leftForLater);
    String broken = leftForLater.removeFirst();
    assertThat(reconciled()).contains("4 parked, 0 lost", broken + "  is parked");
    assertThat(LOG.list)
        .anySatisfy(line -> assertThat(failure(line)).contains("check constraint \"broken\""))
        .noneSatisfy(line -> assertThat(failure(line)).contains("Failing row"));
    assertThat(runbook("list", "")).isZero();
    assertThat(said).contains(broken, "broke its function", "4 open");

    sql("ALTER TABLE store.envelope DROP CONSTRAINT broken");
    String number = numberOf(broken);
    assertThat(runbook("show", number)).isZero();
    assertThat(said).contains(broken, "which is there", "voting.vote.accepted.v1");
    assertThat(runbook("replay", number)).as(said).isZero();
    assertThat(said).contains(": replayed");
    Await.until(() -> is(broken, "recorded"), "it is recorded");
    assertThat(parked("replay", number)).isZero();
    assertThat(said).contains("nothing to do");
    others.add(broken);
    Await.until(() -> reconciled().contains(" 0 pending, 3 parked, 0 lost"), "the rest waits");
    assertThat(books.participations()).isEqualTo(others.size());
  }

  @Test
  @Order(2)
  void aVoteThatIsGivenUpNeverCountsAndBlocksNothing() throws Exception {
    String forged = forge();
    Await.until(() -> is(forged, "parked"), "the forged cast is parked");
    Await.until(() -> reconciled().contains("4 parked, 0 lost"), "and known to be");
    long before = books.participations();
    String number = numberOf(forged);
    assertThat(runbook("discard", number)).as(said).isZero();
    assertThat(reconciled()).contains("3 parked, 1 discarded, 0 lost");
    assertThat(client.outcome(forged).flatMap(Told::reason)).contains("discarded");
    assertThat(books.participations()).isEqualTo(before);
    assertThat(parked("replay", number)).isEqualTo(1);
  }

  private String numberOf(String vote) {
    assertThat(parked("list", "--open")).isZero();
    String line = said.lines().filter(event -> event.contains(vote)).findFirst().orElseThrow();
    return line.strip().split(" ", 2)[0];
  }

  private static String forge() throws Exception {
    VoteId id = VoteId.parse("f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0");
    VoteCast forged =
        new VoteCast(
            id,
            DemoReferendum.LAW_ID,
            Tag.of(new byte[Tag.LENGTH_BYTES]),
            new SealedChoice(1, "demo-1", Bytes.of(new byte[122])),
            Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]));
    byte[] cast = new EventCodec().encode(Event.first(forged, "nobody", Instant.now(), null));
    try (Connection nats = Nats.connect(system.servers().nats().url())) {
      nats.jetStream().publish(EventType.VOTE_CAST.subject(Settings.ENVIRONMENT), cast);
    }
    return id.toString();
  }

  @Test
  @Order(3)
  void aVoteStampedBeforeClosingCountsWhenItIsReplayedAfter() throws Exception {
    List<String> votes = List.copyOf(leftForLater);
    long before = books.participations();
    sql("UPDATE contests.contest SET closes_at = now()");
    Await.until(PATIENCE, ParkedVotesTest::isClosed, "the contest is known to be closed");
    assertThat(parked("replay", "--all")).as(said).isZero();
    Await.until(
        PATIENCE, () -> votes.stream().allMatch(vote -> is(vote, "recorded")), "all are recorded");
    assertThat(books.participations()).isEqualTo(before + votes.size());
    Await.until(
        PATIENCE, () -> books.ballots() == before + votes.size(), "all of them are counted");
    assertThat(books.tally()).isEqualTo(books.recount());
    Await.until(
        () -> reconciled().contains("0 pending, 0 parked, 1 discarded, 0 lost"), "all is settled");
    assertThat(reconciled()).contains("The books balance");
  }

  private static boolean isClosed() {
    return client
            .vote(system.voters().getFirst(), "oui", "late-" + Instant.now().toEpochMilli())
            .join()
            .status()
        != 202;
  }
}
