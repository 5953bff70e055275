package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.step.Reply;
import io.scrutin.step.StepRunner;
import java.util.List;

/** A step in this process, which never sleeps. */
record InProcessCall(StepRunner runner) implements FunctionCall {
  @Override
  public Reply call(List<Event> batch) {
    return runner.run(batch);
  }

  @Override
  public void wake() {}
}
