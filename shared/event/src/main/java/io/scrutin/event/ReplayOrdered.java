package io.scrutin.event;

/**
 * A person wants a parked event to be given to its binding again. It names the event and holds
 * nothing of it: the trigger reads the original where the broker keeps it.
 */
public record ReplayOrdered(ParkedPlace place) implements Fact {
  @Override
  public EventType type() {
    return EventType.REPLAY_ORDERED;
  }

  @Override
  public String correlationId() {
    return place.id();
  }

  @Override
  public String about() {
    return place.binding();
  }
}
