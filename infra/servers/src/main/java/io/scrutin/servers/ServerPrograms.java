package io.scrutin.servers;

import java.io.IOException;
import java.util.EnumMap;
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
   * @param major what an existing data folder was made with
   */
  Program postgres(OptionalInt major) {
    if (major.isEmpty() || postgres().version().major() == major.getAsInt()) {
      return postgres();
    }
    return search(ServerKind.POSTGRES, version -> version.major() == major.getAsInt())
        .orElseThrow(
            () ->
                new ServerUnavailable(
                    "the data was written by Postgres "
                        + major.getAsInt()
                        + ", which is not on this machine (there is "
                        + postgres().version()
                        + "): install that version, or take another folder"));
  }

  private synchronized Program find(ServerKind kind) {
    return known.computeIfAbsent(
        kind, _ -> search(kind, _ -> true).orElseThrow(() -> missing(kind)));
  }

  private Optional<Program> search(ServerKind kind, Predicate<Version> wanted) {
    return installed
        .find(kind, wanted)
        .or(() -> attempt(kind, () -> embedded.bring(kind)))
        .or(() -> attempt(kind, () -> packages.bring(kind)))
        .filter(program -> wanted.test(program.version()));
  }

  private interface Bringing {
    Optional<Program> bring() throws IOException;
  }

  private Optional<Program> attempt(ServerKind kind, Bringing way) {
    try {
      return way.bring();
    } catch (IOException failure) {
      throw new ServerUnavailable(
          missing(kind).getMessage() + " (" + failure.getMessage() + ")", failure);
    }
  }

  private ServerUnavailable missing(ServerKind kind) {
    return new ServerUnavailable(
        kind.title()
            + " "
            + kind.oldest()
            + " or later is missing and could not be brought. Install it: "
            + packages.advice(kind));
  }
}
