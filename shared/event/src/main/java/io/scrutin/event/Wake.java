package io.scrutin.event;

/** There may be work: the function looks for it in its own store. */
public record Wake(String binding) implements Fact {
  public Wake {
    Checks.name("binding", binding, 64);
  }

  @Override
  public EventType type() {
    return EventType.WAKE;
  }

  @Override
  public String correlationId() {
    return binding;
  }

  @Override
  public String about() {
    return binding;
  }
}
