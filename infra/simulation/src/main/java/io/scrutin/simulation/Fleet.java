package io.scrutin.simulation;

import io.scrutin.event.Event;
import io.scrutin.simulation.Fates.Passage;
import io.scrutin.simulation.Fates.Phase;
import io.scrutin.step.Reply;
import io.scrutin.step.Step;
import io.scrutin.step.StepRunner;
import io.scrutin.trigger.FunctionCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/** The processes of one function, none of them up while nobody calls. */
final class Fleet {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);
  private static final int LONGEST_START_MILLIS = 2_000;

  /** One process of it. */
  private final class Instance {
    final SimulatedProcess process = world.process(name);
    final List<CompletableFuture<Reply>> calls = new ArrayList<>();
    final long upAtNanos;
    final World.MachineClock clock = world.new MachineClock();
    private final StepRunner runner;

    Instance() {
      runner = new StepRunner(maker.make(process, clock), clock);
      upAtNanos = world.nanos() + world.chance().nextInt(LONGEST_START_MILLIS) * 1_000_000L;
      process.whenGone(this::gone);
    }

    private void gone() {
      instances.remove(this);
      List<CompletableFuture<Reply>> open = List.copyOf(calls);
      world.after(
          fates.latency(),
          () -> open.forEach(call -> call.complete(new Reply.Away("connection reset"))));
    }

    void serve(List<Event> batch, CompletableFuture<Reply> answer, boolean answerLost) {
      calls.add(answer);
      process.start(
          name,
          () -> {
            fates.pass(process, Places.of("work"), Phase.BEFORE);
            Reply reply = breaks.test(batch) ? new Reply.Broken("poison") : runner.run(batch);
            fates.pass(process, Places.of("work"), Phase.AFTER);
            calls.remove(answer);
            if (!answerLost) {
              world.after(fates.latency(), () -> answer.complete(reply));
            }
          });
    }
  }

  /** Makes the step as one process of the function would. */
  interface StepMaker {
    Step make(SimulatedProcess process, World.MachineClock clock);
  }

  private final World world;
  private final Fates fates;
  private final String name;
  private final StepMaker maker;
  private final Predicate<List<Event>> breaks;
  private final List<Instance> instances = new ArrayList<>();
  private int most = 1;

  /**
   * @param breaks whether something in a batch makes the function fail as a whole
   */
  Fleet(World world, Fates fates, String name, StepMaker maker, Predicate<List<Event>> breaks) {
    this.world = world;
    this.fates = fates;
    this.name = name;
    this.maker = maker;
    this.breaks = breaks;
  }

  void scaleTo(int replicas) {
    most = Math.max(1, replicas);
  }

  /** Those with nothing in hand go, as when nobody calls for a while. */
  void fallAsleep() {
    instances.stream()
        .filter(instance -> instance.calls.isEmpty())
        .toList()
        .forEach(instance -> instance.process.crash());
  }

  void crashOne() {
    if (!instances.isEmpty()) {
      instances.get(world.chance().nextInt(instances.size())).process.crash();
    }
  }

  void stepClocks(Chance by) {
    instances.forEach(
        instance -> instance.clock.step(Duration.ofMillis(by.nextInt(-10_000, 10_000))));
  }

  /** As a trigger calls it. */
  FunctionCall call() {
    return new FunctionCall() {
      @Override
      public Reply call(List<Event> batch) throws InterruptedException {
        return Fleet.this.call(batch);
      }

      @Override
      public void wake() {
        world.after(fates.latency(), () -> instance());
      }
    };
  }

  private Reply call(List<Event> batch) throws InterruptedException {
    String place = Places.of("call");
    SimulatedProcess caller = world.current();
    fates.pass(caller, place, Phase.BEFORE);
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    Passage passage = fates.passage();
    if (passage != Passage.REQUEST_LOST) {
      world.after(fates.latency(), () -> arrived(batch, answer, passage == Passage.ANSWER_LOST));
    }
    World.Timer limit =
        world.after(CALL_TIMEOUT, () -> answer.complete(new Reply.Away("no answer in time")));
    try {
      Reply reply = answer.get();
      limit.cancel();
      fates.pass(caller, place, Phase.AFTER);
      return reply;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void arrived(List<Event> batch, CompletableFuture<Reply> answer, boolean answerLost) {
    Instance instance = instance();
    world.after(
        Duration.ofNanos(Math.max(0, instance.upAtNanos - world.nanos())),
        () -> {
          if (instance.process.isAlive()) {
            instance.serve(batch, answer, answerLost);
          } else {
            answer.complete(new Reply.Away("connection refused"));
          }
        });
  }

  private Instance instance() {
    if (instances.isEmpty() || (instances.size() < most && world.chance().nextInt(3) == 0)) {
      instances.add(new Instance());
    }
    return instances.get(world.chance().nextInt(instances.size()));
  }
}
