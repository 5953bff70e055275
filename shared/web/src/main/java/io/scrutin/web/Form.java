package io.scrutin.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request's body, read by {@link StrictJson} but not yet checked field by field. */
public sealed interface Form {
  /** A JSON object, its fields in the order in which they came. */
  record Fields(Map<String, Value> values) implements Form {
    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** Not one JSON object. */
  record Malformed(Fault fault) implements Form {}

  /** Why a body cannot be read. */
  enum Fault {
    EMPTY,
    NOT_JSON,
    NOT_AN_OBJECT,
    REPEATED_FIELD,
    TOO_MANY_FIELDS
  }

  /** What a field holds. */
  sealed interface Value {}

  /** A string. It may be a credential, so {@link #toString} does not show it. */
  record Text(String text) implements Value {
    @Override
    public String toString() {
      return "text";
    }
  }

  /** A number, a list, null: no field of a flat form is any of these. */
  record NotText() implements Value {}
}
