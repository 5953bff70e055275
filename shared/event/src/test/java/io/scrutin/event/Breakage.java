package io.scrutin.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** Copies of an event, each with one thing in its data that its record does not allow. */
final class Breakage {
  private final JsonNode whole;
  private final List<JsonNode> broken = new ArrayList<>();

  private Breakage(JsonNode whole) {
    this.whole = whole;
  }

  static List<JsonNode> of(JsonNode event) {
    Breakage breakage = new Breakage(event);
    breakage.inside("/data");
    return breakage.broken;
  }

  private void inside(String place) {
    JsonNode node = whole.at(place);
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        inside(place + "/" + i);
      }
      return;
    }
    breaking(place, parent -> parent.put("unknown", 1));
    node.properties()
        .forEach(
            member -> {
              field(place, member.getKey(), member.getValue());
              if (member.getValue().isContainerNode()) {
                inside(place + "/" + member.getKey());
              }
            });
  }

  private void field(String place, String name, JsonNode value) {
    breaking(place, parent -> parent.set(name, BooleanNode.TRUE));
    FieldLimits limits = FieldLimits.BY_COMPONENT.get(name);
    if (limits != null && !value.isContainerNode()) {
      for (JsonNode over : beyond(name, limits)) {
        breaking(place, parent -> parent.set(name, over));
      }
    }
  }

  /** Just past each limit. A reason is cut rather than refused, so past that one nothing breaks. */
  private static List<JsonNode> beyond(String name, FieldLimits limits) {
    return switch (limits) {
      case FieldLimits.Law _ -> texts("", "a b", "é", "x".repeat(65));
      case FieldLimits.Text text ->
          name.equals("reason") ? List.of() : texts("", " ", "x".repeat(text.max() + 1));
      case FieldLimits.Base64 bytes -> bytes(bytes);
      case FieldLimits.WholeNumber number -> numbers(number);
    };
  }

  private static List<JsonNode> texts(String... texts) {
    return List.of(texts).stream().<JsonNode>map(TextNode::valueOf).toList();
  }

  private static List<JsonNode> bytes(FieldLimits.Base64 limits) {
    List<JsonNode> broken = new ArrayList<>(texts("AAA", "A", "AA=A", "AA__", "AA A"));
    // Whole groups more, which a schema can count.
    broken.add(TextNode.valueOf(base64(limits.maxBytes() + 3)));
    if (limits.minBytes() > 0) {
      broken.add(TextNode.valueOf(base64(limits.minBytes() - 1 - (limits.minBytes() - 1) % 3)));
    }
    return broken;
  }

  private static String base64(int length) {
    return Base64.getEncoder().encodeToString(new byte[length]);
  }

  private static List<JsonNode> numbers(FieldLimits.WholeNumber limits) {
    List<JsonNode> broken = new ArrayList<>(List.of(LongNode.valueOf(limits.min() - 1)));
    if (limits.max() < Long.MAX_VALUE) {
      broken.add(LongNode.valueOf(limits.max() + 1));
    }
    return broken;
  }

  private void breaking(String place, Consumer<ObjectNode> change) {
    JsonNode copy = whole.deepCopy();
    change.accept((ObjectNode) copy.at(place));
    broken.add(copy);
  }
}
