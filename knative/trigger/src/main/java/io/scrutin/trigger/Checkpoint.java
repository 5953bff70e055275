package io.scrutin.trigger;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a durable's description remembers of the time before a restart. (Consumer metadata would be
 * the place for it; servers before 2.10 drop it silently.)
 *
 * @param server whose stream the durable was last seen to agree with
 * @param floor everything stamped before it was acked so long ago that what it led to is on disk
 * @param tail the stream's last message at that time
 */
record Checkpoint(String server, @Nullable Instant floor, Tail tail) {

  /** The end of a stream: a sequence that comes back with another stamp is another message. */
  record Tail(long sequence, Instant stamp) {}

  private static final Pattern FORM =
      Pattern.compile("scrutin server=(\\S+) floor=(\\S+) tail=(\\d+)@(\\S+)");
  private static final String UNKNOWN = "-";

  String describe() {
    return "scrutin server=%s floor=%s tail=%d@%s"
        .formatted(server, floor == null ? UNKNOWN : floor, tail.sequence(), tail.stamp());
  }

  /** Nothing when the durable is not a trigger's. */
  static Optional<Checkpoint> parse(@Nullable String description) {
    Matcher matcher = FORM.matcher(description == null ? "" : description);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Instant floor = matcher.group(2).equals(UNKNOWN) ? null : Instant.parse(matcher.group(2));
      Tail tail = new Tail(Long.parseLong(matcher.group(3)), Instant.parse(matcher.group(4)));
      return Optional.of(new Checkpoint(matcher.group(1), floor, tail));
    } catch (DateTimeException | NumberFormatException malformed) {
      return Optional.empty();
    }
  }
}
