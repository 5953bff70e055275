package io.scrutin.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scrutin.event.EventCodec.Decoded.Unreadable;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever arrives, an error tells what is wrong and nothing of what arrived: it goes to logs. */
class SilentErrorsTest {
  /** A number that a voter might have put anywhere. */
  private static final String SECRET = "130692544";

  private final EventCodec codec = new EventCodec();

  @ParameterizedTest
  @EnumSource(EventType.class)
  void noErrorShowsAValueOrAName(EventType type) {
    int refused = 0;
    for (JsonNode poisoned : poisoned(EventCatalogue.json(Examples.of(type)))) {
      refused += check(poisoned.toString().getBytes(UTF_8), List.of(SECRET)) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(20);
  }

  /** The secret in place of each value, and as a name beside it. */
  private static List<JsonNode> poisoned(JsonNode event) {
    List<JsonNode> copies = new ArrayList<>();
    for (JsonNode secret : secrets()) {
      eachPlace(event, "", (parent, name) -> copies.add(with(event, parent, name, secret)));
    }
    eachPlace(
        event, "", (parent, name) -> copies.add(with(event, parent, SECRET, secrets().get(2))));
    return copies;
  }

  private static List<JsonNode> secrets() {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put(SECRET, SECRET);
    return List.of(
        TextNode.valueOf(SECRET + "\n"),
        LongNode.valueOf(Long.parseLong(SECRET)),
        object,
        JsonNodeFactory.instance.arrayNode().add(SECRET),
        JsonNodeFactory.instance.numberNode(Double.parseDouble(SECRET + ".5")));
  }

  private static void eachPlace(JsonNode node, String place, BiConsumer<String, String> visit) {
    for (var member : node.properties()) {
      visit.accept(place, member.getKey());
      eachPlace(member.getValue(), place + "/" + member.getKey(), visit);
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        eachPlace(array.get(i), place + "/" + i, visit);
      }
    }
  }

  private static JsonNode with(JsonNode event, String parent, String name, JsonNode value) {
    JsonNode copy = event.deepCopy();
    ((ObjectNode) copy.at(parent)).set(name, value);
    return copy;
  }

  /** Bytes changed anywhere: refused or read, but never anything worse, and never told of. */
  @Property(tries = 3000)
  void noChangedByteBreaksTheCodecOrIsShown(@ForAll EventType type, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] json = codec.encode(Examples.of(type));
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      json[random.nextInt(json.length)] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) "\"{}[],:0\\".charAt(random.nextInt(9));
    }
    check(json, values(EventCatalogue.json(Examples.of(type))));
  }

  private static List<String> values(JsonNode event) {
    List<String> values = new ArrayList<>();
    eachPlace(
        event,
        "",
        (parent, name) -> {
          JsonNode value = event.at(parent).get(name);
          if (value.isTextual() && value.textValue().length() > 8) {
            values.add(value.textValue());
          }
        });
    values.remove("application/json");
    return values;
  }

  /** Whether it was refused. */
  private boolean check(byte[] json, List<String> secrets) {
    for (EventCodec.Decoded element : batchOf(json)) {
      if (element instanceof Unreadable unreadable) {
        assertThat(unreadable.reason()).doesNotContain(secrets);
      }
    }
    try {
      codec.decode(json);
      return false;
    } catch (MalformedEvent malformed) {
      assertThat(malformed).hasNoCause();
      assertThat(malformed.toString()).doesNotContain(secrets).hasSizeLessThan(200);
      return true;
    }
  }

  private List<EventCodec.Decoded> batchOf(byte[] json) {
    byte[] batch = new byte[json.length + 2];
    batch[0] = '[';
    System.arraycopy(json, 0, batch, 1, json.length);
    batch[json.length + 1] = ']';
    try {
      return codec.decodeBatch(batch);
    } catch (MalformedEvent asAWhole) {
      assertThat(asAWhole).hasNoCause();
      return List.of();
    }
  }
}
