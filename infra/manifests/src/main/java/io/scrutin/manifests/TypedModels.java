package io.scrutin.manifests;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads documents as the types that they say they are. fabric8's take any field that they do not
 * know and keep it: what they kept is what nobody reads on a cluster.
 */
final class TypedModels {
  private final ObjectMapper mapper =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addHandler(new Unknown());

  /** Of our own records, which keep nothing. */
  private final List<String> unknown = new ArrayList<>();

  /** Unknown fields, and values of another type. */
  List<Fault> faults(Document document) {
    Optional<Class<?>> type = Kinds.of(document.apiVersion(), document.kind());
    if (type.isEmpty()) {
      return List.of(
          document.fault("apiVersion", "nobody knows " + document.apiVersion() + " here"));
    }
    return faults(document, document.content(), type.get());
  }

  /** For what is no document of Kubernetes. */
  List<Fault> faults(Document document, Object content, Class<?> type) {
    unknown.clear();
    List<Fault> faults = new ArrayList<>();
    try {
      Object typed = mapper.convertValue(content, type);
      kept(typed, "", unknown);
    } catch (IllegalArgumentException refused) {
      faults.add(document.fault(path(refused), problem(refused)));
    }
    for (String path : unknown) {
      faults.add(document.fault(path, "there is no such field: a misspelt one?"));
    }
    return faults;
  }

  private static String path(IllegalArgumentException refused) {
    return refused.getCause() instanceof JsonMappingException mapping
        ? path(mapping.getPath())
        : "";
  }

  private static String path(List<JsonMappingException.Reference> references) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : references) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String problem(IllegalArgumentException refused) {
    String message = String.valueOf(refused.getMessage());
    return "cannot be read: " + message.lines().findFirst().orElse("");
  }

  /** Collects what no property took, in all that a value consists of. */
  private static void kept(Object value, String path, List<String> found) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        kept(list.get(i), path + "[" + i + "]", found);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, below) -> kept(below, path + "." + key, found));
    } else if (isModel(value)) {
      for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          kept(value, field, path, found);
        }
      }
    }
  }

  private static boolean isModel(Object value) {
    return value != null
        && value.getClass().getName().startsWith("io.fabric8.")
        && !value.getClass().isEnum()
        && !(value instanceof Quantity)
        && !(value instanceof IntOrString)
        && !(value instanceof AnyType);
  }

  private static void kept(Object owner, Field field, String path, List<String> found) {
    if (Modifier.isStatic(field.getModifiers())) {
      return;
    }
    Object value = valueOf(owner, field);
    if (field.getName().equals("additionalProperties")) {
      Document.asMap(value).keySet().forEach(name -> found.add(join(path, name)));
    } else if (value != null) {
      JsonProperty named = field.getAnnotation(JsonProperty.class);
      kept(value, join(path, named == null ? field.getName() : named.value()), found);
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static Object valueOf(Object owner, Field field) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException("a model that cannot be looked into: " + field, closed);
    }
  }

  /** Records have no place to keep what they do not know; it is noted, and reading goes on. */
  private final class Unknown extends DeserializationProblemHandler {
    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        JsonDeserializer<?> deserializer,
        Object beanOrClass,
        String name) {
      String pointer = parser.getParsingContext().pathAsPointer().toString();
      unknown.add(pointer.substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.'));
      try {
        parser.skipChildren();
      } catch (java.io.IOException unread) {
        throw new java.io.UncheckedIOException(unread);
      }
      return true;
    }
  }
}
