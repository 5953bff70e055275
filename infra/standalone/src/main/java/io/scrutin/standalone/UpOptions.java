package io.scrutin.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ./scrutin up} was asked for.
 *
 * @param port where voters find the system
 * @param dir where everything is kept
 * @param voters how many demo credentials there are; counts when {@code dir} is new
 * @param shape whether functions are processes of their own, and whether they sleep
 * @param demo whether the demo referendum is opened
 * @param settlingTime for audit
 * @param knocks whether the door is rehearsed before it is open: for whoever comes in a crowd
 */
public record UpOptions(
    int port,
    Path dir,
    int voters,
    Shape shape,
    boolean demo,
    Duration settlingTime,
    boolean knocks) {
  static final int MAX_VOTERS = 12_000_000;

  /** How long after closing votes that came in time may still be on their way. */
  static final Duration SETTLING_TIME = Duration.ofSeconds(60);

  public UpOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("--port is 0 (any free one) to 65535");
    }
    if (voters < 1 || voters > MAX_VOTERS) {
      throw new IllegalArgumentException("--voters is 1 to " + MAX_VOTERS);
    }
  }

  static UpOptions parse(List<String> arguments) {
    int port = 8080;
    Path dir = Path.of(".scrutin");
    int voters = 1000;
    Shape shape = new Shape.Together();
    Duration idle = Shape.Asleep.IDLE;
    boolean demo = true;
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      switch (option) {
        case "--processes" -> shape = new Shape.Apart();
        case "--sleep" -> shape = new Shape.Asleep(idle);
        case "--idle" -> idle = Duration.ofSeconds(number(option, value(arguments, ++i, option)));
        case "--no-demo" -> demo = false;
        case "--port" -> port = number(option, value(arguments, ++i, option));
        case "--voters" -> voters = number(option, value(arguments, ++i, option));
        case "--dir" -> dir = Path.of(value(arguments, ++i, option));
        case String unknown ->
            throw new IllegalArgumentException(
                "there is no option " + unknown + "; see ./scrutin help");
      }
    }
    if (shape instanceof Shape.Asleep) {
      shape = new Shape.Asleep(idle);
    }
    boolean anybodyHome = !(shape instanceof Shape.Asleep);
    return new UpOptions(
        port, dir.toAbsolutePath().normalize(), voters, shape, demo, SETTLING_TIME, anybodyHome);
  }

  private static String value(List<String> arguments, int index, String option) {
    return Optional.of(index)
        .filter(at -> at < arguments.size())
        .map(arguments::get)
        .orElseThrow(() -> new IllegalArgumentException(option + " needs a value"));
  }

  private static int number(String option, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(option + " needs a number, not '" + value + "'");
    }
  }
}
