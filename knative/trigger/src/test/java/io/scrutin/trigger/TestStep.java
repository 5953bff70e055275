package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.step.Answer;
import io.scrutin.step.Step;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A step that does as it is told and remembers what it was asked. */
final class TestStep implements Step {
  private final String name;
  private final Function<List<Event>, List<Answer>> rule;
  private final Queue<List<Event>> calls = new ConcurrentLinkedQueue<>();

  TestStep(String name, Function<List<Event>, List<Answer>> rule) {
    this.name = name;
    this.rule = rule;
  }

  static TestStep each(String name, Function<Event, Answer> rule) {
    return new TestStep(name, batch -> batch.stream().map(rule).toList());
  }

  static TestStep verifying() {
    return each("verify", cast -> Answer.emit(Casts.verified(cast)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<EventType> reads() {
    return Set.of(EventType.values());
  }

  @Override
  public List<Answer> answer(List<Event> batch) {
    calls.add(List.copyOf(batch));
    return rule.apply(batch);
  }

  List<List<Event>> calls() {
    return List.copyOf(calls);
  }

  /** The numbers of all votes it was ever asked about, repeats included. */
  List<Integer> asked() {
    return calls.stream().flatMap(List::stream).map(Casts::number).toList();
  }

  Set<Integer> askedOnce() {
    return asked().stream().collect(Collectors.toSet());
  }
}
