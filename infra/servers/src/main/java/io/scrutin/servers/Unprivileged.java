package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Postgres refuses to run as root, so root starts it as somebody else. None of the ways works
 * everywhere; each is tried on the folders at hand before it is taken.
 */
record Unprivileged(String owner, List<String> prefix) {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** For everybody but root: as oneself. */
  private static Unprivileged myself() {
    return new Unprivileged(System.getProperty("user.name"), List.of());
  }

  /**
   * Makes {@code data} belong to whoever will run the programs in {@code programs}.
   *
   * @throws ServerUnavailable when root finds nobody who can reach both folders
   */
  static Unprivileged owning(Path data, Path programs) throws IOException {
    if (!isRoot()) {
      return myself();
    }
    for (Unprivileged candidate : candidates()) {
      giveTo(candidate.owner(), data);
      if (candidate.canUse(data, programs)) {
        return candidate;
      }
    }
    throw new ServerUnavailable(
        "Postgres does not run as root, and no other user can reach "
            + data
            + ": run as an ordinary user, or choose a folder such as /var/lib/scrutin with --dir");
  }

  private static List<Unprivileged> candidates() {
    String user = userExists("postgres") ? "postgres" : "nobody";
    String group = Command.of(PROBE_LIMIT, "id", "-g", user).run().output().strip();
    List<String> drop = List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
    return List.of(
        // Root given up for good, as the manual of Postgres wants it. Containers allow it.
        new Unprivileged(user, append(drop, "--inh-caps=-all")),
        // Root of no capability in a namespace of its own: it keeps root's files, so it can go
        // through a home of mode 0700. Docker's default profile forbids it.
        new Unprivileged("root", List.of("unshare", "-U")),
        // Another user that may pass any folder's gate: for a home of mode 0700 in a container.
        new Unprivileged(
            user, append(drop, "--inh-caps=+dac_override", "--ambient-caps=+dac_override")));
  }

  private static List<String> append(List<String> words, String... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toList();
  }

  private static boolean userExists(String name) {
    return Command.of(PROBE_LIMIT, "id", "-u", name).run().succeeded();
  }

  private boolean canUse(Path data, Path programs) {
    String question = "test -w \"$1\" && \"$2\"/postgres --version";
    List<String> words =
        append(prefix, "sh", "-c", question, "sh", data.toString(), programs.toString());
    return new Command(words, Map.of(), PROBE_LIMIT).run().succeeded();
  }

  /** Nothing to do when the folder is theirs already: a large one is not walked at each start. */
  static void giveTo(String owner, Path root) throws IOException {
    UserPrincipal user =
        root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
    if (Files.getOwner(root).equals(user)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      // The root folder last: whole or to be done again, whenever this is cut off.
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.setOwner(file, user);
      }
    }
  }
}
