package io.scrutin.chaos;

import io.scrutin.event.StreamName;
import java.time.Duration;

/** One thing that goes wrong, and for how long. */
sealed interface Fault {
  Kind kind();

  /** Nothing for what is over at once. */
  default Duration lasts() {
    return Duration.ZERO;
  }

  /**
   * What a voter talks to: while it is broken nothing may be concluded from an answer that is not
   * given.
   */
  String DOOR = "submit";

  /**
   * Until whatever a fault did to the door is over, from when it is healed: the longest is a
   * connection to the broker that is silent for good, which submit notices within ten seconds.
   */
  Duration DOOR_REPAIR = Duration.ofSeconds(12);

  /** Whether it may be the reason for an answer that is not given. */
  default boolean isAtTheDoor() {
    return false;
  }

  String says();

  /** SIGKILL, or SIGTERM: another process takes its place. */
  record Ended(Kind kind, String process) implements Fault {
    @Override
    public boolean isAtTheDoor() {
      return process.startsWith(DOOR);
    }

    @Override
    public String says() {
      return (kind == Kind.TERM ? "SIGTERM to " : "SIGKILL to ") + process;
    }
  }

  /** SIGSTOP, and SIGCONT after that time. */
  record Stopped(String process, Duration lasts) implements Fault {
    @Override
    public Kind kind() {
      return Kind.STOP;
    }

    @Override
    public boolean isAtTheDoor() {
      return process.startsWith(DOOR);
    }

    @Override
    public String says() {
      return "SIGSTOP to " + process + " for " + lasts.toSeconds() + " s";
    }
  }

  /** A server dies, and is started again after that time. */
  record Away(Kind kind, Store store, Duration lasts) implements Fault {
    @Override
    public String says() {
      String how = kind == Kind.POSTGRES_IMMEDIATE ? " stopped at once (SIGQUIT), " : " killed, ";
      return store.server() + how + "started again after " + lasts.toMillis() + " ms";
    }
  }

  /** FLUSHALL. */
  record Flushed() implements Fault {
    @Override
    public Kind kind() {
      return Kind.FLUSH;
    }

    @Override
    public String says() {
      return "FLUSHALL on redis";
    }
  }

  /**
   * A wire that does not do its work.
   *
   * @param from a process
   * @param to a server, or a function in whatever replica
   */
  record BadWire(Trouble trouble, String from, String to, Duration lasts) implements Fault {
    @Override
    public Kind kind() {
      return trouble.kind();
    }

    @Override
    public boolean isAtTheDoor() {
      return from.startsWith(DOOR) || to.equals(DOOR);
    }

    @Override
    public String says() {
      String after = lasts.isZero() ? "" : " for " + lasts.toSeconds() + " s";
      return kind().code() + " on the wire from " + from + " to " + to + after;
    }
  }

  /** The broker hands out again what is not answered within a second, and calls take longer. */
  record Storm(Duration lasts) implements Fault {
    @Override
    public Kind kind() {
      return Kind.STORM;
    }

    @Override
    public String says() {
      return "redelivery after 1 s, and slow calls, for " + lasts.toSeconds() + " s";
    }
  }

  /** A message that nobody of ours would send, straight on a subject. */
  record Poisoned(Poison poison) implements Fault {
    @Override
    public Kind kind() {
      return Kind.POISON;
    }

    @Override
    public String says() {
      return "poison on " + poison.type().type() + ": " + poison.says();
    }
  }

  /** One of the contests is closed, as early as the rules allow. */
  record Closed() implements Fault {
    @Override
    public Kind kind() {
      return Kind.CLOSE;
    }

    @Override
    public String says() {
      return "a contest is closed";
    }
  }

  /** Redis dies, and comes back with what it had when votes began to come. */
  record OldAof(Duration lasts) implements Fault {
    @Override
    public Kind kind() {
      return Kind.OLD_AOF;
    }

    @Override
    public String says() {
      return "redis killed, and started again with an old append-only file";
    }
  }

  /**
   * The broker dies, and the end of a stream is gone when it comes back.
   *
   * @param bytes of the last file
   */
  record TailCut(StreamName stream, int bytes) implements Fault {
    @Override
    public Kind kind() {
      return Kind.TAIL;
    }

    @Override
    public String says() {
      return "nats killed, and started again without the last %,d bytes of %s"
          .formatted(bytes, stream);
    }
  }

  /** There is no room on the disk of a server. */
  record DiskFull(Store store, Duration lasts) implements Fault {
    @Override
    public Kind kind() {
      return Kind.DISK;
    }

    @Override
    public String says() {
      return "the disk of " + store.server() + " is full for " + lasts.toSeconds() + " s";
    }
  }

  /** The clock of a process is another, then right again. */
  record ClockStepped(String process, Duration by, Duration lasts) implements Fault {
    @Override
    public Kind kind() {
      return Kind.CLOCK;
    }

    @Override
    public boolean isAtTheDoor() {
      return process.startsWith(DOOR);
    }

    @Override
    public String says() {
      return "the clock of %s is stepped by %,d s for %d s"
          .formatted(process, by.toSeconds(), lasts.toSeconds());
    }
  }
}
