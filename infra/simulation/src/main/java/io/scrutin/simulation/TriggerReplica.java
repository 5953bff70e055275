package io.scrutin.simulation;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.EventPublisher;
import io.scrutin.event.EventCodec;
import io.scrutin.trigger.BindingConfig;
import io.scrutin.trigger.Bindings;
import io.scrutin.trigger.FunctionCall;
import io.scrutin.trigger.TriggerConfig;
import io.scrutin.trigger.TriggerParts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One replica of the trigger, started anew a while after it crashed. */
final class TriggerReplica {
  private static final Duration RESTART = Duration.ofSeconds(3);

  static final TriggerConfig CONFIG =
      new TriggerConfig(
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(8),
          Duration.ofSeconds(8),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Map.of(),
          Map.of());

  private final World world;
  private final SimulatedBroker broker;
  private final List<BindingConfig> bindings;
  private final Function<BindingConfig, FunctionCall> calls;
  private SimulatedProcess process;
  private @Nullable Bindings running;

  TriggerReplica(
      World world,
      SimulatedBroker broker,
      List<BindingConfig> bindings,
      Function<BindingConfig, FunctionCall> calls) {
    this.world = world;
    this.broker = broker;
    this.bindings = bindings;
    this.calls = calls;
    this.process = world.process("trigger");
    begin();
  }

  private void begin() {
    SimulatedProcess own = process;
    own.whenGone(
        () -> {
          running = null;
          world.after(RESTART, this::restart);
        });
    own.start("trigger", () -> run(own));
  }

  private void restart() {
    process = world.process("trigger");
    begin();
  }

  private void run(SimulatedProcess own) {
    BrokerLink link =
        BrokerLink.open("nats://simulated", "trigger", options -> broker.connect(own, options));
    EventCodec codec = new EventCodec();
    Bindings made =
        new Bindings(
            new TriggerParts(
                link,
                new EventPublisher(link, Election.ENVIRONMENT, codec),
                codec,
                world.new MachineClock(),
                new SimulatedTime(world),
                new CompositeMeterRegistry(),
                CONFIG,
                Election.ENVIRONMENT),
            calls);
    bindings.forEach(made::start);
    running = made;
  }

  void crash() {
    process.crash();
  }

  /** As on SIGTERM: what is in hand is finished, then the process ends, and comes back. */
  void restartGracefully() {
    Bindings open = running;
    SimulatedProcess own = process;
    if (open != null) {
      own.start(
          "trigger-stop",
          () -> {
            open.close();
            own.crash();
          });
    }
  }
}
