package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process was started by. */
public final class CommandLine {
  private CommandLine() {}

  /**
   * Straight from Linux where it can be: Java cuts long command lines off. Empty for a process that
   * is gone, or somebody else's.
   */
  public static String of(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .replace('\0', ' ');
    } catch (IOException notLinux) {
      return process.info().commandLine().orElse("");
    }
  }
}
