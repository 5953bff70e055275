package io.scrutin.event;

/** A text that voters read, in both languages. */
public record LocalText(String fr, String en) {
  public static final int MAX_LENGTH = 4000;

  public LocalText {
    Checks.shortText("fr", fr, MAX_LENGTH);
    Checks.shortText("en", en, MAX_LENGTH);
  }

  public String in(String language) {
    return language.equals("fr") ? fr : en;
  }
}
