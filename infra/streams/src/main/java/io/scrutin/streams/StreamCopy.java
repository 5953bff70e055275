package io.scrutin.streams;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;

/**
 * One stream and its durables as two files: what the broker wrote, compressed as it does, and under
 * which settings. The settings are written last: without them a copy is half of one.
 */
final class StreamCopy {
  private static final String API = "$JS.API.STREAM.";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Within what a broker takes in one message. */
  private static final int CHUNK_BYTES = 128 * 1024;

  private final Connection broker;
  private final String name;
  private final Path data;
  private final Path settings;

  StreamCopy(Connection broker, String name, Path folder) {
    this.broker = broker;
    this.name = name;
    this.data = folder.resolve(name + ".tar.s2");
    this.settings = folder.resolve(name + ".json");
  }

  String name() {
    return name;
  }

  /**
   * @return how many bytes were written
   */
  long take() throws IOException, InterruptedException {
    String inbox = broker.createInbox();
    Subscription chunks = broker.subscribe(inbox);
    chunks.setPendingLimits(-1, -1);
    try {
      JsonValue answer =
          ask(
              "SNAPSHOT." + name,
              "{\"deliver_subject\":\"%s\",\"chunk_size\":%d}".formatted(inbox, CHUNK_BYTES));
      long bytes = write(chunks);
      Path draft = settings.resolveSibling(name + ".json.part");
      Files.writeString(draft, settingsOf(answer));
      sync(draft);
      Files.move(draft, settings, StandardCopyOption.ATOMIC_MOVE);
      return bytes;
    } finally {
      chunks.unsubscribe();
    }
  }

  /** An empty chunk is the end; each is to be answered, or the broker stops sending. */
  private long write(Subscription chunks) throws IOException, InterruptedException {
    long bytes = 0;
    try (OutputStream out = Files.newOutputStream(data, StandardOpenOption.CREATE_NEW)) {
      for (Message chunk = next(chunks); chunk.getData().length > 0; chunk = next(chunks)) {
        out.write(chunk.getData());
        bytes += chunk.getData().length;
        broker.publish(chunk.getReplyTo(), null);
      }
    }
    sync(data);
    return bytes;
  }

  private Message next(Subscription chunks) throws IOException, InterruptedException {
    Message chunk = chunks.nextMessage(PATIENCE);
    if (chunk == null) {
      throw new IOException("the broker stopped in the middle of " + name + ": do it again");
    }
    return chunk;
  }

  private static String settingsOf(JsonValue answer) {
    return "{\"config\":%s,\"state\":%s}"
        .formatted(field(answer, "config").toJson(), field(answer, "state").toJson());
  }

  private static JsonValue field(JsonValue answer, String name) {
    return Objects.requireNonNull(Objects.requireNonNull(answer.map).get(name), name);
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  void checkComplete() throws IOException {
    if (!Files.exists(data) || !Files.exists(settings)) {
      throw new IOException("there is no whole copy of " + name + " in " + data.getParent());
    }
  }

  /** A copy cannot be put beside messages that are there. */
  boolean isNeeded() throws IOException, JetStreamApiException {
    long there = lastSequence();
    return there < 0 || (there == 0 && copiedSequence() > 0);
  }

  private long copiedSequence() throws IOException {
    try {
      JsonValue state = field(JsonParser.parse(Files.readString(settings)), "state");
      return Objects.requireNonNull(field(state, "last_seq").number).longValue();
    } catch (JsonParseException unreadable) {
      throw new IOException(settings + " is no copy's", unreadable);
    }
  }

  /** -1 where there is no such stream. */
  private long lastSequence() throws IOException, JetStreamApiException {
    try {
      return broker.jetStreamManagement().getStreamInfo(name).getStreamState().getLastSequence();
    } catch (JetStreamApiException refused) {
      if (refused.getApiErrorCode() == StreamsCommand.STREAM_NOT_FOUND) {
        return -1;
      }
      throw refused;
    }
  }

  /** In the place of one that is declared and was never used. */
  void bring() throws IOException, JetStreamApiException, InterruptedException {
    if (lastSequence() == 0) {
      JetStreamManagement management = broker.jetStreamManagement();
      management.deleteStream(name);
    }
    JsonValue answer = ask("RESTORE." + name, Files.readString(settings));
    String to = field(answer, "deliver_subject").string;
    try (InputStream in = Files.newInputStream(data)) {
      for (byte[] chunk = in.readNBytes(CHUNK_BYTES);
          chunk.length > 0;
          chunk = in.readNBytes(CHUNK_BYTES)) {
        checked(broker.request(to, chunk, PATIENCE), name);
      }
    }
    checked(broker.request(to, new byte[0], PATIENCE), name);
  }

  private JsonValue ask(String what, String question) throws IOException, InterruptedException {
    byte[] asked = question.getBytes(StandardCharsets.UTF_8);
    return checked(broker.request(API + what, asked, PATIENCE), name);
  }

  /** An empty answer is a chunk's receipt. */
  private static JsonValue checked(Message answer, String name) throws IOException {
    if (answer == null) {
      throw new IOException("the broker does not answer about " + name);
    }
    try {
      JsonValue read =
          answer.getData().length == 0 ? JsonValue.EMPTY_MAP : JsonParser.parse(answer.getData());
      JsonValue error = Objects.requireNonNull(read.map).get("error");
      if (error != null) {
        throw new IOException(name + " is refused: " + error.toJson());
      }
      return read;
    } catch (JsonParseException unreadable) {
      throw new IOException("the broker's answer about " + name, unreadable);
    }
  }
}
