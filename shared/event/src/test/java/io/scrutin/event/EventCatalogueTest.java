package io.scrutin.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventCatalogueTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("scrutin.root"), "scrutin.root"));

  private final EventCodec codec = new EventCodec();

  @Test
  void theFilesInDocsAreWhatTheRecordsSay() throws IOException {
    if (Boolean.getBoolean("scrutin.write")) {
      write();
    }
    for (Map.Entry<Path, String> file : EventCatalogue.files().entrySet()) {
      Path path = ROOT.resolve(file.getKey());
      assertThat(Files.exists(path) ? Files.readString(path) : "")
          .as("%s is stale; this writes it anew: %s", file.getKey(), EventCatalogue.COMMAND)
          .isEqualTo(file.getValue());
    }
    assertThat(schemasInDocs())
        .as("a schema of a type that is gone; this deletes it: %s", EventCatalogue.COMMAND)
        .allMatch(path -> EventCatalogue.files().containsKey(path));
  }

  private static void write() throws IOException {
    for (Path path : schemasInDocs()) {
      Files.delete(ROOT.resolve(path));
    }
    for (Map.Entry<Path, String> file : EventCatalogue.files().entrySet()) {
      Path path = ROOT.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private static List<Path> schemasInDocs() throws IOException {
    Path folder = ROOT.resolve("docs").resolve("schemas");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(ROOT::relativize).toList();
    }
  }

  @Test
  void everyExampleInThePageIsAnEventAndKeepsItsSchema() throws IOException, MalformedEvent {
    String page = Files.readString(ROOT.resolve("docs").resolve("event-catalogue.md"));
    Matcher example = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(page);
    List<EventType> found = new ArrayList<>();
    while (example.find()) {
      Event event = codec.decode(example.group(1).getBytes(UTF_8));
      EventType type = event.fact().type();
      assertThat(event).isEqualTo(Examples.of(type));
      assertThat(schema(type).validate(MAPPER.readTree(example.group(1)))).isEmpty();
      found.add(type);
    }
    assertThat(found).containsExactly(EventType.values());
  }

  @Property(tries = 300)
  @Domain(AnyEvent.class)
  @Domain(DomainContext.Global.class)
  void everyEventKeepsItsSchema(@ForAll Event event) {
    assertThat(schema(event.fact().type()).validate(EventCatalogue.json(event))).isEmpty();
  }

  /** A schema that let through what the codec refuses would promise too much. */
  @ParameterizedTest
  @EnumSource(EventType.class)
  void schemaAndCodecRefuseTheSame(EventType type) {
    JsonNode example = EventCatalogue.json(Examples.of(type));
    for (JsonNode broken : Breakage.of(example)) {
      assertThat(schema(type).validate(broken)).as("schema on %s", broken).isNotEmpty();
      assertThatThrownBy(() -> codec.decode(broken.toString().getBytes(UTF_8)))
          .as("codec on %s", broken)
          .isInstanceOf(MalformedEvent.class);
    }
  }

  private static JsonSchema schema(EventType type) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(EventSchema.of(type));
  }
}
