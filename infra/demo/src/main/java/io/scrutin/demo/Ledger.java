package io.scrutin.demo;

import io.scrutin.demo.Post.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What was sent and told, and what became of it: the voters' side of the books. */
final class Ledger {
  static final String REFUSED = "refused";

  private final List<Told> told = new ArrayList<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();

  void add(List<Told> answers) {
    told.addAll(answers);
  }

  void learn(List<String> requestIds, List<Optional<Outcome>> found) {
    for (int i = 0; i < requestIds.size(); i++) {
      String requestId = requestIds.get(i);
      found.get(i).ifPresent(outcome -> outcomes.put(requestId, outcome));
    }
  }

  List<Told> of(Kind kind) {
    return told.stream().filter(answer -> answer.post().kind() == kind).toList();
  }

  /** Each vote that was promised to somebody, once. */
  List<String> promised() {
    return told.stream()
        .filter(Told::isPromise)
        .map(answer -> Objects.requireNonNull(answer.requestId()))
        .distinct()
        .toList();
  }

  List<String> withoutFinalOutcome() {
    return promised().stream().filter(id -> !outcome(id).isFinal()).toList();
  }

  Outcome outcome(String requestId) {
    return outcomes.getOrDefault(requestId, new Outcome("unheard of", ""));
  }

  List<String> ending(String status) {
    return promised().stream().filter(id -> outcome(id).status().equals(status)).toList();
  }

  /** What became of the posts of a kind, and how often. */
  Map<String, Integer> found(Kind kind) {
    Map<String, Integer> found = new TreeMap<>();
    for (Told answer : of(kind)) {
      String requestId = answer.requestId();
      String fate =
          requestId == null
              ? REFUSED + " (" + answer.status() + ")"
              : answer.isPromise() ? outcome(requestId).status() : "status " + answer.status();
      found.merge(fate, 1, Integer::sum);
    }
    return found;
  }

  boolean isAsExpected() {
    return Arrays.stream(Kind.values()).allMatch(kind -> JudgePosts.isRight(kind, found(kind)));
  }

  /**
   * The choice of each recorded vote: what its first post said, since the first that is kept
   * stands.
   */
  Map<String, String> recordedChoices() {
    Map<String, String> choices = new LinkedHashMap<>();
    for (Told answer : told) {
      String requestId = answer.requestId();
      if (requestId != null && outcome(requestId).status().equals("recorded")) {
        choices.putIfAbsent(requestId, answer.post().choice());
      }
    }
    return choices;
  }

  /** How many recorded votes each voter has. */
  Map<Integer, Integer> recordedPerVoter() {
    Map<Integer, Integer> votes = new TreeMap<>();
    for (Kind kind : List.of(Kind.FIRST, Kind.RACE, Kind.DUPLICATE, Kind.LATE)) {
      for (Told answer : of(kind)) {
        String requestId = answer.requestId();
        if (requestId != null && outcome(requestId).status().equals("recorded")) {
          votes.merge(answer.post().voter(), 1, Integer::sum);
        }
      }
    }
    return votes;
  }

  /** Retries that were told another vote than their first post. */
  long strayRetries() {
    Map<String, String> first = new HashMap<>();
    of(Kind.FIRST)
        .forEach(
            answer ->
                first.put(
                    Objects.requireNonNull(answer.post().key()),
                    Objects.requireNonNullElse(answer.requestId(), "none")));
    return told.stream()
        .filter(
            answer -> answer.post().kind() == Kind.RETRY || answer.post().kind() == Kind.LATE_RETRY)
        .filter(answer -> !Objects.equals(first.get(answer.post().key()), answer.requestId()))
        .count();
  }
}
