package io.scrutin.tally;

import io.scrutin.ballot.BallotKeyPair;
import io.scrutin.ballot.BallotKeys;
import io.scrutin.ballot.BallotOpener;
import io.scrutin.credential.KeyFile;
import io.scrutin.event.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The private halves of ballot keys: a folder of files, to which each new contest adds one. */
final class HeldKeys {
  private static final String SUFFIX = ".key";

  private final Path folder;
  private Set<Path> read = Set.of();
  private BallotOpener opener = new BallotOpener(List.of());

  HeldKeys(Path folder) {
    this.folder = folder;
  }

  /** Looks at the folder each time: a contest may have been made since. */
  synchronized BallotOpener opener() {
    Set<Path> files = files();
    if (!files.equals(read)) {
      opener = new BallotOpener(files.stream().map(HeldKeys::pair).toList());
      read = files;
    }
    return opener;
  }

  private Set<Path> files() {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      List<Path> files = new ArrayList<>();
      found.forEach(files::add);
      return new TreeSet<>(files);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the ballot keys cannot be read", unreadable);
    }
  }

  private static BallotKeyPair pair(Path file) {
    String name = file.getFileName().toString();
    String keyId = name.substring(0, name.length() - SUFFIX.length());
    return BallotKeys.ofPrivate(keyId, Bytes.of(KeyFile.read(file)));
  }
}
