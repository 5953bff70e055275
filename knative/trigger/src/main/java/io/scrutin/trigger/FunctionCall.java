package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.step.Reply;
import java.util.List;

/** The last hop to a function: over HTTP, or to a step in this process. */
public interface FunctionCall {
  /** Blocks until the function has answered, or cannot be expected to. */
  Reply call(List<Event> batch) throws InterruptedException;

  /** Makes a sleeping function start; returns at once and does not care what comes of it. */
  void wake();
}
