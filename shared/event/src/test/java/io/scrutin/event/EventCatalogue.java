package io.scrutin.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files that describe the events to people and to validators, from what the code says. */
final class EventCatalogue {
  static final String COMMAND =
      "./mvnw -pl shared/event test -Dtest=EventCatalogueTest -Dscrutin.write=true";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectWriter PRETTY =
      MAPPER.writer(
          new DefaultPrettyPrinter()
              .withArrayIndenter(new DefaultIndenter("  ", "\n"))
              .withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private EventCatalogue() {}

  /** Every file, by its path in the repository. */
  static Map<Path, String> files() {
    Map<Path, String> files = new TreeMap<>();
    files.put(Path.of("docs", "event-catalogue.md"), page());
    for (EventType type : EventType.values()) {
      files.put(
          Path.of("docs", "schemas", type.type() + ".json"), pretty(EventSchema.of(type)) + "\n");
    }
    return files;
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Event catalogue

        Generated from the records of `shared/event`; `%s` writes it anew.

        Every event is a [CloudEvent 1.0](https://cloudevents.io) in JSON. Its NATS subject is the
        environment's name, a dot, and its `type`. `subject` is the law it is about, or what comes nearest;
        `correlationid` names the story (for a vote its vote id, which the voter knows as the request id),
        `causationid` the event that this one answers, `stampedat` when JetStream took it in. Ids follow from
        the content, so that what is done twice is seen to be the same. Bytes are base64, vote ids 32
        hexadecimal digits, times RFC 3339. Fields that are not listed are refused in `data`, and passed over
        around it. An event has at most %d KiB, a batch at most %,d events.

        | type | stream | emitted by | read by | meaning |
        |---|---|---|---|---|
        """
            .formatted(COMMAND, EventCodec.MAX_EVENT_BYTES / 1024, EventCodec.MAX_BATCH));
    for (EventType type : EventType.values()) {
      page.append(row(type));
    }
    for (EventType type : EventType.values()) {
      page.append(section(type));
    }
    return page.toString();
  }

  private static String row(EventType type) {
    CatalogueEntry entry = CatalogueEntry.of(type);
    return "| [`%s`](#%s) | %s | %s | %s | %s |\n"
        .formatted(
            type.type(),
            type.type().replace(".", ""),
            stream(type),
            String.join(", ", entry.emitters()),
            String.join(", ", entry.readers()),
            entry.meaning());
  }

  private static String stream(EventType type) {
    return type.stream() == StreamName.NONE ? "–" : "`" + type.stream() + "`";
  }

  private static String section(EventType type) {
    return """

        ## %s

        %s [Schema](schemas/%s.json).

        | field of `data` | what it is | |
        |---|---|---|
        %s
        ```json
        %s
        ```
        """
        .formatted(
            type.type(),
            CatalogueEntry.of(type).meaning(),
            type.type(),
            fields(type.fact(), ""),
            pretty(json(Examples.of(type))));
  }

  private static String fields(Class<?> type, String parent) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> field(component, parent))
        .collect(Collectors.joining());
  }

  private static String field(RecordComponent component, String parent) {
    String place = parent + component.getName();
    Class<?> type = component.getType();
    boolean optional = EventSchema.isNullable(component);
    if (component.getGenericType() instanceof ParameterizedType list) {
      Class<?> element = (Class<?>) list.getActualTypeArguments()[0];
      return line(place, "list", optional) + fields(element, place + "[].");
    }
    if (type.isRecord() && type != VoteId.class && type != Tag.class) {
      return line(place, "object", optional) + fields(type, place + ".");
    }
    return line(place, kind(component), optional);
  }

  private static String line(String place, String kind, boolean optional) {
    return "| `%s` | %s | %s |\n".formatted(place, kind, optional ? "optional" : "");
  }

  private static String kind(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> "`" + constant + "`")
          .collect(Collectors.joining(", "));
    }
    if (type == VoteId.class) {
      return "vote id, 32 hexadecimal digits";
    }
    if (type == Tag.class) {
      return "tag, 32 bytes, base64";
    }
    return type == Instant.class ? "time" : FieldLimits.of(component).words();
  }

  static JsonNode json(Event event) {
    try {
      return MAPPER.readTree(new EventCodec().encode(event));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String pretty(JsonNode json) {
    try {
      return PRETTY.writeValueAsString(json).replace("\" : ", "\": ");
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
