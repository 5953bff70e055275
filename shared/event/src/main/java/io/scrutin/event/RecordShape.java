package io.scrutin.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record as a JSON object: its components are the members, and only what is {@code @Nullable} may
 * be absent. It is taken from the record itself, so that the two cannot drift apart.
 */
final class RecordShape implements Shape {
  /** One component. Absent when null: a member is then not written at all. */
  private record Member(
      int index, SerializedString name, Shape shape, MethodHandle get, boolean nullable) {}

  private final String place;
  private final Class<?> type;
  private final List<Member> members;
  private final Map<String, Member> byName = new HashMap<>();

  /** Made when one is first read: whoever only writes them starts sooner. */
  private volatile @Nullable MethodHandle construct;

  private RecordShape(String place, Class<?> type, List<Member> members) {
    this.place = place;
    this.type = type;
    this.members = members;
    members.forEach(member -> byName.put(member.name.getValue(), member));
  }

  /** The shape of a record that is an event's whole data. */
  static RecordShape of(Class<?> type) {
    return of(type, "");
  }

  private static RecordShape of(Class<?> type, String place) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      Member[] members = new Member[components.length];
      for (int i = 0; i < components.length; i++) {
        members[i] = member(i, components[i], place);
      }
      return new RecordShape(place, type, List.of(members));
    } catch (ReflectiveOperationException hidden) {
      throw closed(type, hidden);
    }
  }

  private static IllegalStateException closed(Class<?> type, ReflectiveOperationException hidden) {
    return new IllegalStateException(type.getSimpleName() + " is not open to the codec", hidden);
  }

  private static MethodHandle constructor(Class<?> type) {
    Class<?>[] types =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return MethodHandles.lookup()
          .findConstructor(type, MethodType.methodType(void.class, types))
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException hidden) {
      throw closed(type, hidden);
    }
  }

  private static Member member(int index, RecordComponent component, String parent)
      throws IllegalAccessException {
    String place = parent.isEmpty() ? component.getName() : parent + "." + component.getName();
    return new Member(
        index,
        new SerializedString(component.getName()),
        shape(component, place),
        MethodHandles.lookup()
            .unreflect(component.getAccessor())
            .asType(MethodType.methodType(Object.class, Object.class)),
        component.getAnnotatedType().isAnnotationPresent(Nullable.class));
  }

  private static Shape shape(RecordComponent component, String place) {
    if (component.getGenericType() instanceof ParameterizedType list) {
      return new ListShape(place, value((Class<?>) list.getActualTypeArguments()[0], place + "[]"));
    }
    return value(component.getType(), place);
  }

  private static Shape value(Class<?> type, String place) {
    boolean scalar = !type.isRecord() || type == Tag.class || type == VoteId.class;
    return scalar ? ScalarShape.of(type, place) : of(type, place);
  }

  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    out.writeStartObject();
    for (Member member : members) {
      Object part = get(member, value);
      if (part != null) {
        out.writeFieldName(member.name);
        member.shape.write(out, part);
      }
    }
    out.writeEndObject();
  }

  @Override
  public Object read(JsonParser in) throws IOException, MalformedEvent {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new MalformedEvent(placeOr("data") + " is no JSON object");
    }
    @Nullable Object[] parts = new @Nullable Object[members.size()];
    long seen = 0;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      Member member = byName.get(name);
      if (member == null) {
        throw new MalformedEvent(placeOr("data") + " has a field that is not known");
      }
      long bit = 1L << member.index;
      if ((seen & bit) != 0) {
        throw new MalformedEvent(placeOr("data") + " has a field twice");
      }
      seen |= bit;
      if (in.nextToken() != JsonToken.VALUE_NULL) {
        parts[member.index] = member.shape.read(in);
      }
    }
    for (Member member : members) {
      if (parts[member.index] == null && !member.nullable) {
        throw new MalformedEvent(inside(member.name.getValue()) + " is missing");
      }
    }
    return construct(parts);
  }

  private String placeOr(String root) {
    return place.isEmpty() ? root : place;
  }

  private String inside(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private @Nullable Object get(Member member, Object value) {
    try {
      return (@Nullable Object) member.get.invokeExact(value);
    } catch (Throwable broken) {
      throw rethrown(broken);
    }
  }

  private Object construct(@Nullable Object[] parts) throws MalformedEvent {
    MethodHandle made = construct;
    if (made == null) {
      made = constructor(type);
      construct = made;
    }
    try {
      return (Object) made.invokeExact(parts);
    } catch (IllegalArgumentException refused) {
      // The records' own checks name fields and show no value.
      throw new MalformedEvent(placeOr("data") + ": " + refused.getMessage());
    } catch (Throwable broken) {
      throw rethrown(broken);
    }
  }

  private static RuntimeException rethrown(Throwable broken) {
    return switch (broken) {
      case Error error -> throw error;
      case RuntimeException unchecked -> unchecked;
      case Throwable checked -> new IllegalStateException(checked);
    };
  }
}
