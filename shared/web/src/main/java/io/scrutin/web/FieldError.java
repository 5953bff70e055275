package io.scrutin.web;

import io.micronaut.serde.annotation.Serdeable;

/**
 * What is wrong with one field.
 *
 * @param code for programs; does not change with the language
 * @param message for people; never shows the value that was sent
 */
@Serdeable
public record FieldError(String field, String code, String message) {
  /** A body may hold any name; what is longer than a field's could be is cut. */
  private static final int MAX_FIELD_LENGTH = 64;

  public FieldError {
    if (field.length() > MAX_FIELD_LENGTH) {
      field = field.substring(0, MAX_FIELD_LENGTH) + "…";
    }
  }
}
