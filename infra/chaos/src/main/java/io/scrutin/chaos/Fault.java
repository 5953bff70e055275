package io.scrutin.chaos;

import java.time.Duration;

/** One thing that goes wrong, and for how long. */
sealed interface Fault {
  /** A process that is gone needs that long until another has taken its place. */
  Duration RESTART = Duration.ofSeconds(10);

  Kind kind();

  /** Nothing for what is over at once. */
  default Duration lasts() {
    return Duration.ZERO;
  }

  /** How long after it nothing may be concluded from an answer that is not given. */
  default Duration echoes() {
    return Duration.ofSeconds(5);
  }

  String says();

  /** SIGKILL, or SIGTERM: another process takes its place. */
  record Ended(Kind kind, String process) implements Fault {
    @Override
    public Duration echoes() {
      return RESTART;
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
    public Duration echoes() {
      return RESTART;
    }

    @Override
    public String says() {
      return "SIGSTOP to " + process + " for " + lasts.toSeconds() + " s";
    }
  }

  /** A server dies, and is started again after that time. */
  record Away(Kind kind, Store store, Duration lasts) implements Fault {
    @Override
    public Duration echoes() {
      return RESTART;
    }

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
  record BadWire(Kind kind, String from, String to, Duration lasts) implements Fault {
    @Override
    public Duration echoes() {
      return Duration.ofSeconds(20);
    }

    @Override
    public String says() {
      String after = lasts.isZero() ? "" : " for " + lasts.toSeconds() + " s";
      return kind.code() + " on the wire from " + from + " to " + to + after;
    }
  }
}
