package io.scrutin.standalone;

import java.time.Duration;
import java.util.List;

/**
 * How a function that sleeps was used.
 *
 * @param wakes from each start of its process until that was ready
 * @param answers from each request that made it start until that was answered
 * @param alive how long there was a process, in all
 * @param cpu what its processes cost, without what they did after they were told to stop
 * @param deaths of processes that nobody stopped
 * @param asleep whether there is no process now
 */
public record FunctionUse(
    String name,
    List<Duration> wakes,
    List<Duration> answers,
    Duration alive,
    Duration cpu,
    int deaths,
    boolean asleep) {
  public FunctionUse {
    wakes = List.copyOf(wakes);
    answers = List.copyOf(answers);
  }
}
