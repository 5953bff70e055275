package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.standalone.VotingClient.Posted;
import io.scrutin.standalone.VotingClient.Told;
import io.scrutin.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One voter, many posts at the same time, two instances of submit. */
class RaceTest {
  private static final int POSTS = 100;

  @TempDir static Path dir;
  private static Standalone system;
  private static FunctionProcess secondSubmit;
  private static VotingClient first;
  private static VotingClient second;
  private static Books books;

  @BeforeAll
  static void start() throws Exception {
    system = Started.on(dir, 100, new Shape.Together());
    Path root = Path.of(System.getProperty("scrutin.root"));
    secondSubmit = new Launch(root, Optional.empty(), dir, system.settings()).start("submit");
    secondSubmit.awaitReady();
    first = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    second = new VotingClient(secondSubmit.url(), DemoReferendum.LAW_ID);
    books = new Books(system.servers().owner());
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
    secondSubmit.close();
    system.close();
  }

  @Test
  void recordsOneOfAHundredAndNumbersTheOthers() {
    Credential voter = system.voters().getFirst();
    long recordedBefore = books.participations();
    List<CompletableFuture<Posted>> posts = new ArrayList<>();
    for (int i = 0; i < POSTS; i++) {
      VotingClient instance = i % 2 == 0 ? first : second;
      posts.add(instance.vote(voter, i % 3 == 0 ? "non" : "oui", "race-" + i));
    }
    List<Posted> answers = posts.stream().map(CompletableFuture::join).toList();
    assertThat(answers).allSatisfy(posted -> assertThat(posted.status()).isEqualTo(202));

    Map<String, Told> told = new HashMap<>();
    Await.until(
        Duration.ofSeconds(60),
        () -> {
          for (Posted posted : answers) {
            String id = posted.requestId().orElseThrow();
            Optional<Told> outcome = first.outcome(id);
            outcome
                .filter(known -> !known.status().equals("received"))
                .ifPresent(known -> told.put(id, known));
          }
          return told.size() == POSTS;
        },
        "all posts have their outcome");

    assertThat(told.values().stream().filter(known -> known.status().equals("recorded")))
        .singleElement()
        .satisfies(recorded -> assertThat(recorded.attempt()).contains(1));
    assertThat(
            told.values().stream()
                .filter(known -> known.status().equals("duplicate"))
                .map(known -> known.attempt().orElseThrow()))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, POSTS).boxed().toList());
    assertThat(books.participations()).isEqualTo(recordedBefore + 1);
    Await.until(() -> books.ballots() == recordedBefore + 1, "the one vote is counted");
  }

  @Test
  void givesARetriedKeyItsFirstVote() {
    Credential voter = system.voters().get(1);
    Posted once = first.vote(voter, "oui", "retry").join();
    Posted again = second.vote(voter, "non", "retry").join();
    assertThat(again.requestId()).isEqualTo(once.requestId());
    String id = once.requestId().orElseThrow();
    Await.until(
        () -> first.outcome(id).filter(told -> told.status().equals("recorded")).isPresent(),
        "the vote is recorded");
  }
}
