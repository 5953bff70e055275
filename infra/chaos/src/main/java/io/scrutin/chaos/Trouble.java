package io.scrutin.chaos;

/** What a wire can have. */
enum Trouble {
  DELAY(Kind.DELAY),
  THROTTLE(Kind.THROTTLE),
  CUT(Kind.CUT),
  HALF_OPEN(Kind.HALF_OPEN),
  RESET(Kind.RESET);

  private final Kind kind;

  Trouble(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
