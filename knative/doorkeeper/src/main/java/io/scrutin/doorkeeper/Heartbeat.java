package io.scrutin.doorkeeper;

import java.util.Locale;

/**
 * What wakes functions while a contest is in hand, for what no event wakes them for.
 *
 * <p>Once a minute, where standalone has five seconds. Schedules with a field for seconds are
 * refused by Knative releases from before the end of 2023, and a door that does not open for want
 * of a release is worse than what the minute costs: the last group after closing is opened up to a
 * minute later, an end is announced up to a minute later (it counts from the broker's stamps, not
 * from then), and a wake that went lost with a trigger is made up for a minute later. While votes
 * come in, tally's binding wakes it, and no heartbeat is waited for.
 */
public enum Heartbeat {
  CONTESTS("* * * * *"),
  TALLY("* * * * *"),
  /**
   * Each look reads all casts, for minutes when they are millions, so not oftener than this. Off
   * the full hours, at which contests open and close and everybody else has work.
   */
  RECONCILE("7,22,37,52 * * * *");

  private final String schedule;

  Heartbeat(String schedule) {
    this.schedule = schedule;
  }

  /** The function it wakes, which is also the name of its Knative Service. */
  public String function() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of the source on the cluster. */
  public String source() {
    return "heartbeat-" + function();
  }

  /** As cron writes it, in five fields. */
  public String schedule() {
    return schedule;
  }

  /** Where the function takes it. */
  public String path() {
    return "/events/" + function();
  }
}
