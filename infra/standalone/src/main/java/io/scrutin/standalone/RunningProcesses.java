package io.scrutin.standalone;

import io.scrutin.servers.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions and triggers of a folder as the operating system knows them, whoever started them. */
final class RunningProcesses {
  private static final Pattern MAIN = Pattern.compile("io\\.scrutin\\.(\\w+)\\.Application");

  private RunningProcesses() {}

  /** By name, and by process id where a process has not become what it is started as. */
  static List<String> of(Path dir) {
    String marker = FunctionProcess.marker(dir) + " ";
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(process -> (CommandLine.of(process) + " ").contains(marker))
        .map(RunningProcesses::name)
        .sorted()
        .toList();
  }

  private static String name(ProcessHandle process) {
    Matcher main = MAIN.matcher(CommandLine.of(process));
    return main.find() ? main.group(1) : "process " + process.pid();
  }
}
