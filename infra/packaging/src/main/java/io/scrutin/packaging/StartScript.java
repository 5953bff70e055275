package io.scrutin.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The scripts of a package. */
final class StartScript {
  /** What holds for every process; why, and what was measured: ADR 21. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-HeapDumpOnOutOfMemoryError",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:ErrorFile=/dev/null",
          "-XX:+DisableAttachMechanism",
          "-XX:-UsePerfData",
          "-Djfr.unsupported.vm=true",
          "-Xlog:disable",
          "-Xlog:all=warning:stderr",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final List<String> SERVER_FLAGS =
      List.of(
          // A server's life is short and its work is I/O; the second compiler pays off in long
          // ones.
          "-XX:TieredStopAtLevel=1",
          // A heap grows when it must; one that is large from the start is filled before it is
          // cleaned.
          "-Xms24m",
          // Profiles are for the second compiler; the first compiles by them what a start runs
          // once.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-AOTRecordTraining",
          "-XX:-AOTReplayTraining");

  private StartScript() {}

  static String start(Parcel parcel, List<Library> libraries) {
    List<String> flags = new ArrayList<>();
    String cache =
        switch (parcel.kind()) {
          case SERVER -> template("cache.sh");
          case JOB -> template("no-cache.sh");
        };
    switch (parcel.kind()) {
      case SERVER -> flags.addAll(SERVER_FLAGS);
      case JOB -> {}
    }
    flags.addAll(FLAGS);
    return template("start.sh")
        .replace("@CACHE@", cache.strip())
        .replace("@CLASS_PATH@", classPath(libraries))
        .replace("@FLAGS@", String.join(" \\\n  ", flags))
        .replace("@MAIN@", parcel.main())
        .replace("@NAME@", parcel.name());
  }

  static String train(Parcel parcel) {
    return template("train.sh").replace("@NAME@", parcel.name());
  }

  static String probe(Parcel parcel) {
    String template =
        switch (parcel.kind()) {
          case SERVER -> "probe.sh";
          case JOB -> "no-probe.sh";
        };
    return template(template).replace("@NAME@", parcel.name());
  }

  private static String classPath(List<Library> libraries) {
    return libraries.stream()
        .map(library -> "$lib/" + library.jar())
        .collect(Collectors.joining("\\\n:"));
  }

  private static String template(String name) {
    try (InputStream text = StartScript.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException("no template " + name);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
