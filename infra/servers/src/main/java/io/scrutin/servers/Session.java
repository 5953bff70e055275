package io.scrutin.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a process is started apart from the terminal that its launcher runs in. */
public final class Session {
  /** The shell leaves its process id, then becomes the server: there is no moment between. */
  private static final String BECOME = "echo $$ > \"$0\" && exec \"$@\"";

  private Session() {}

  /**
   * In a session of its own: Ctrl-C in a terminal goes to the launcher's whole group, and a server
   * that stopped at once would take the launcher's drain with it.
   */
  public static List<String> detached(Path pidFile, List<String> command) {
    List<String> words = new ArrayList<>(newSession());
    words.addAll(List.of("sh", "-c", BECOME, pidFile.toString()));
    words.addAll(command);
    return words;
  }

  private static List<String> newSession() {
    if (Packages.isHere("setsid")) {
      return List.of("setsid");
    }
    // macOS has no setsid, but Perl.
    return List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die $!", "--");
  }
}
