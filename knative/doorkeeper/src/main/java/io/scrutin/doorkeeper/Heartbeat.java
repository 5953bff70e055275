package io.scrutin.doorkeeper;

import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.knative.sources.v1.PingSourceBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

  /** On everything that was made here; what does not have it is never touched. */
  public static final Map<String, String> MADE_BY = Map.of("scrutin.io/made-by", "doorkeeper");

  private static final String SERVICE = "Service";

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

  private String path() {
    return "/events/" + function();
  }

  /** Exactly what is made on a cluster, so that it can be checked as manifests are. */
  public PingSource in(String namespace) {
    return new PingSourceBuilder()
        .withNewMetadata()
        .withName(source())
        .withNamespace(namespace)
        .withLabels(MADE_BY)
        .endMetadata()
        .withNewSpec()
        .withSchedule(schedule)
        .withNewSink()
        .withNewRef()
        .withApiVersion("serving.knative.dev/v1")
        .withKind(SERVICE)
        .withName(function())
        .withNamespace(namespace)
        .endRef()
        .withUri(path())
        .endSink()
        .endSpec()
        .build();
  }

  /** Whether a source beats as this one. What Knative adds to it by itself is no difference. */
  boolean isBeatenBy(PingSource found) {
    return Optional.ofNullable(found.getSpec())
        .filter(spec -> schedule.equals(spec.getSchedule()))
        .flatMap(spec -> Optional.ofNullable(spec.getSink()))
        .filter(sink -> path().equals(sink.getUri()))
        .flatMap(sink -> Optional.ofNullable(sink.getRef()))
        .filter(ref -> SERVICE.equals(ref.getKind()) && function().equals(ref.getName()))
        .isPresent();
  }
}
