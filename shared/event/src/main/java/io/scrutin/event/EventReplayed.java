package io.scrutin.event;

/** A parked event got through its function after all, and what followed from it is published. */
public record EventReplayed(ParkedPlace place) implements Fact {
  @Override
  public EventType type() {
    return EventType.EVENT_REPLAYED;
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
