package io.scrutin.parked;

import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a parked message a person may see. Its bytes are not shown: in an event of ours they name
 * a voter by a tag, and in one that nobody can read they may be anything, a NAS and a code as well.
 */
final class MessageLook {
  record Trait(String name, String value) {}

  private MessageLook() {}

  static List<Trait> at(@Nullable Bytes message) {
    if (message == null) {
      return List.of(new Trait("bytes", "more than are kept here: it is in its stream alone"));
    }
    byte[] bytes = message.toArray();
    List<Trait> traits = new ArrayList<>();
    traits.add(new Trait("bytes", Integer.toString(bytes.length)));
    traits.add(new Trait("sha256", sha256(bytes)));
    try {
      Event event = new EventCodec().decode(bytes);
      traits.add(new Trait("type", event.fact().type().type()));
      traits.add(new Trait("id", event.id()));
      traits.add(new Trait("source", event.source()));
      traits.add(new Trait("time", event.time().toString()));
    } catch (MalformedEvent unreadable) {
      traits.add(new Trait("unreadable", String.valueOf(unreadable.getMessage())));
    }
    return traits;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
