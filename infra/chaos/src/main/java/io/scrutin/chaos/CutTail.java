package io.scrutin.chaos;

import io.scrutin.servers.Server;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the end of a stream away from a broker that is down, and reads what it takes. */
final class CutTail {
  private static final Pattern VOTE_ID = Pattern.compile("[0-9a-f]{32}");

  /** The message that is cut through is gone as a whole. */
  private static final int LONGEST_MESSAGE_BYTES = 4_096;

  private final Path broker;
  private final Set<String> cut = new HashSet<>();

  /**
   * @param broker its data
   */
  CutTail(Path broker) {
    this.broker = broker;
  }

  /** Returns how many votes were named in what is gone. */
  synchronized int cut(Server nats, String stream, int bytes) throws IOException {
    nats.kill();
    Path last = lastFile(broker.resolve("jetstream/$G/streams").resolve(stream).resolve("msgs"));
    Set<String> gone = new HashSet<>();
    try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
      long keep = Math.max(0, file.length() - bytes);
      long from = Math.max(0, keep - LONGEST_MESSAGE_BYTES);
      byte[] tail = new byte[Math.toIntExact(file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      Matcher id = VOTE_ID.matcher(new String(tail, StandardCharsets.ISO_8859_1));
      while (id.find()) {
        gone.add(id.group());
      }
      file.setLength(keep);
    }
    cut.addAll(gone);
    return gone.size();
  }

  /** Vote ids in all that was cut. */
  synchronized Set<String> all() {
    return Set.copyOf(cut);
  }

  private static Path lastFile(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> blocks = Files.newDirectoryStream(folder, "*.blk")) {
      blocks.forEach(files::add);
    }
    return files.stream()
        .max(Comparator.comparingLong(CutTail::number))
        .orElseThrow(() -> new IOException("the stream has no file in " + folder));
  }

  private static long number(Path block) {
    return Long.parseLong(block.getFileName().toString().replace(".blk", ""));
  }
}
