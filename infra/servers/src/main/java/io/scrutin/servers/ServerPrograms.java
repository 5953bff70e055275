package io.scrutin.servers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds the servers' programs: on the machine if new enough, else embedded in a jar, else from the
 * platform's packages. What is brought is kept for next time.
 */
public final class ServerPrograms {
  private final Installed installed;
  private final Embedded embedded;
  private final Packages packages;
  private final Map<ServerKind, Program> known = new EnumMap<>(ServerKind.class);

  ServerPrograms(Installed installed, CacheFolder cache, Consumer<String> says) {
    this.installed = installed;
    this.embedded = new Embedded(cache);
    this.packages = new Packages(cache, installed, says);
  }

  /**
   * @param says gets one line whenever something is about to be fetched or installed
   */
  public static ServerPrograms onThisMachine(Consumer<String> says) {
    return new ServerPrograms(Installed.onThisMachine(), CacheFolder.ofUser(), says);
  }

  public Program nats() {
    return find(ServerKind.NATS);
  }

  public Program redis() {
    return find(ServerKind.REDIS);
  }

  /** {@code initdb}; the other programs of Postgres lie beside it. */
  public Program postgres() {
    return find(ServerKind.POSTGRES);
  }

  /**
   * Nothing is installed for an old folder's sake: a package manager has one version, and it is not
   * this one.
   *
   * @param major what an existing data folder was made with
   */
  Program postgres(OptionalInt major) {
    if (major.isEmpty() || postgres().version().major() == major.getAsInt()) {
      return postgres();
    }
    Predicate<Version> sameMajor = version -> version.major() == major.getAsInt();
    return installed
        .find(ServerKind.POSTGRES, sameMajor)
        .or(() -> attempt(() -> embedded.bring(ServerKind.POSTGRES), new ArrayList<>()))
        .filter(program -> sameMajor.test(program.version()))
        .orElseThrow(() -> otherVersion(major.getAsInt()));
  }

  private ServerUnavailable otherVersion(int major) {
    return new ServerUnavailable(
        "the data was written by Postgres "
            + major
            + ", and this machine has "
            + postgres().version()
            + ": install that version, or take another folder");
  }

  private synchronized Program find(ServerKind kind) {
    return known.computeIfAbsent(kind, this::search);
  }

  private Program search(ServerKind kind) {
    List<String> failures = new ArrayList<>();
    return installed
        .find(kind, _ -> true)
        .or(() -> attempt(() -> embedded.bring(kind), failures))
        .or(() -> attempt(() -> packages.bring(kind), failures))
        .orElseThrow(() -> missing(kind, failures));
  }

  private interface Bringing {
    Optional<Program> bring() throws IOException;
  }

  /** A way that fails is no reason not to try the next; what it said goes into the last word. */
  private static Optional<Program> attempt(Bringing way, List<String> failures) {
    try {
      return way.bring();
    } catch (IOException failure) {
      failures.add(String.valueOf(failure.getMessage()));
      return Optional.empty();
    }
  }

  private ServerUnavailable missing(ServerKind kind, List<String> failures) {
    String why = failures.isEmpty() ? "" : " (" + String.join("; ", failures) + ")";
    return new ServerUnavailable(
        kind.title()
            + " "
            + kind.oldest()
            + " or later is missing and could not be brought. Install it: "
            + packages.advice(kind)
            + why);
  }
}
