package io.scrutin.parked;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.scrutin.event.EventParked;
import io.scrutin.event.VoteId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parked events as a JSON document, for a program. */
final class EntryJson {
  private EntryJson() {}

  static void write(List<ParkedEntry> entries, PrintWriter out) {
    document(
        out,
        json -> {
          json.writeStartArray();
          for (ParkedEntry entry : entries) {
            json.writeStartObject();
            fields(entry, json);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  static void write(ParkedEntry entry, List<MessageLook.Trait> message, PrintWriter out) {
    document(
        out,
        json -> {
          json.writeStartObject();
          fields(entry, json);
          json.writeObjectFieldStart("message");
          for (MessageLook.Trait trait : message) {
            json.writeStringField(trait.name(), trait.value());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private static void document(PrintWriter out, Writing writing) {
    StringWriter document = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(document)) {
      json.useDefaultPrettyPrinter();
      writing.to(json);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    out.println(document);
  }

  private static void fields(ParkedEntry entry, JsonGenerator json) throws IOException {
    EventParked event = entry.event();
    VoteId vote = event.voteId();
    json.writeNumberField("event", entry.sequence());
    json.writeStringField("parked_at", entry.parkedAt().toString());
    json.writeNumberField("times", entry.times());
    json.writeStringField("binding", event.binding());
    json.writeStringField("stream", event.stream());
    json.writeNumberField("sequence", event.sequence());
    json.writeStringField("subject", event.subject());
    json.writeStringField("stamped_at", event.stampedAt().toString());
    json.writeStringField("reason", event.reason());
    optional("vote_id", vote == null ? null : vote.toString(), json);
    optional("law_id", event.lawId(), json);
    json.writeStringField("fate", entry.fate().code());
    optional("outcome", entry.outcome(), json);
  }

  private static void optional(String name, @Nullable String value, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }
}
