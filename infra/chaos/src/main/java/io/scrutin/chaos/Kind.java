package io.scrutin.chaos;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of fault, as {@code --faults} names them. */
enum Kind {
  KILL(false),
  TERM(false),
  STOP(false),
  BROKER(true),
  REDIS(true),
  POSTGRES(true),
  POSTGRES_IMMEDIATE(true),
  FLUSH(false),
  DELAY(false),
  RESET(false),
  HALF_OPEN(false),
  THROTTLE(false),
  CUT(false),
  STORM(false),
  POISON(false),
  CLOSE(false),
  OLD_AOF(true),
  TAIL(true),
  DISK(true),
  CLOCK(false);

  private final boolean alone;

  Kind(boolean alone) {
    this.alone = alone;
  }

  /**
   * Whether nothing else may be broken meanwhile: a promise is kept only if no other hinders it.
   */
  boolean alone() {
    return alone;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @param list codes with commas between, or {@code all}
   * @throws IllegalArgumentException which says what there is
   */
  static Set<Kind> parse(String list) {
    if (list.equals("all")) {
      return EnumSet.allOf(Kind.class);
    }
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (String code : list.split(",")) {
      kinds.add(
          Arrays.stream(values())
              .filter(kind -> kind.code().equals(code.strip()))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(unknown(code))));
    }
    return kinds;
  }

  private static String unknown(String code) {
    return "there is no fault '"
        + code
        + "': all, or any of "
        + Arrays.stream(values()).map(Kind::code).collect(Collectors.joining(","));
  }
}
