package io.scrutin.credential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret key in a file: its bytes in hexadecimal on one line. What went wrong is said with the
 * file's name and never with its content.
 */
public final class KeyFile {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

  /** 512 bytes of key; whatever is longer is another file, mounted by mistake. */
  private static final int MAX_FILE_BYTES = 1024;

  private static final Set<PosixFilePermission> NOT_THE_OWNERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private KeyFile() {}

  /**
   * Reads the key that a file holds.
   *
   * @return at least {@link KeyedHash#MIN_KEY_BYTES} bytes
   * @throws UncheckedIOException if there is no key in that file: nothing can start without it
   */
  public static byte[] read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IOException("longer than any key");
      }
      warnIfOthersMayUse(file);
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("no key can be read from " + file, unreadable);
    }
  }

  /**
   * Writes a key that nobody but the file's owner may read. The file appears whole or not at all,
   * also when power fails, and never takes the place of one that was there: with a lost ballot key,
   * all its votes are lost. Two writers of one file at the same instant are not kept apart.
   */
  public static void write(Path file, byte[] key) throws IOException {
    if (key.length < KeyedHash.MIN_KEY_BYTES || 2 * key.length >= MAX_FILE_BYTES) {
      throw new IllegalArgumentException("this is no length for a key");
    }
    byte[] line = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    Path folder =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a key file is in a folder");
    Files.createDirectories(folder);
    // Java makes temporary files with mode 0600.
    Path draft = Files.createTempFile(folder, file.getFileName() + ".", ".draft");
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(line));
        channel.force(true);
      }
      Files.move(draft, file);
      force(folder);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static byte[] parse(String hex) throws IOException {
    byte[] key;
    try {
      key = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException notHex) {
      // Its message quotes the text.
      throw new IOException("not one line of hexadecimal digits");
    }
    if (key.length < KeyedHash.MIN_KEY_BYTES) {
      throw new IOException("fewer than " + 2 * KeyedHash.MIN_KEY_BYTES + " hexadecimal digits");
    }
    return key;
  }

  /** No refusal: a mounted Kubernetes secret often is its group's, and is guarded otherwise. */
  private static void warnIfOthersMayUse(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      Set<PosixFilePermission> open = view.readAttributes().permissions();
      if (open.stream().anyMatch(NOT_THE_OWNERS::contains)) {
        LOG.warn("others than the owner of key file {} may use it: chmod 600 it", file);
      }
    }
  }

  /** A rename outlives a power failure once the folder is on disk; only POSIX opens folders. */
  private static void force(Path folder) throws IOException {
    if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
