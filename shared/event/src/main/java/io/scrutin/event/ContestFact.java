package io.scrutin.event;

/** A change in a contest's life. */
public sealed interface ContestFact extends Fact permits ContestOpened, ContestClosed {
  String lawId();

  @Override
  default String correlationId() {
    return lawId();
  }

  @Override
  default String about() {
    return lawId();
  }
}
