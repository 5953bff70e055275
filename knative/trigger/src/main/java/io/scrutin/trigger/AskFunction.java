package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.step.Reply;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a function, and takes a call that fails in a way that nobody thought of as a broken one. */
final class AskFunction {
  private static final Logger LOG = LoggerFactory.getLogger(AskFunction.class);

  private AskFunction() {}

  /** An error among them: the thread that asks is the only one of its binding, or of a batch. */
  static Reply ask(BindingConfig binding, FunctionCall call, List<Event> events)
      throws InterruptedException {
    try {
      return call.call(events);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      LOG.error("{}: the call of {} failed", binding.name(), binding.function(), failure);
      return new Reply.Broken("the call failed");
    }
  }
}
