package io.scrutin.audit;

import java.util.Locale;

/** How far a vote has come, under the numbers that the tables keep. */
enum Stage {
  CAST(1),
  RECORDED(2),
  DUPLICATED(3),
  REJECTED(4),
  PARKED(5);

  private final int number;

  Stage(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Stage of(int number) {
    for (Stage stage : values()) {
      if (stage.number == number) {
        return stage;
      }
    }
    throw new IllegalArgumentException("no stage has the number " + number);
  }

  /** As reports name it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
