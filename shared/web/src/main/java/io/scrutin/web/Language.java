package io.scrutin.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages that people are answered in. */
public enum Language {
  FR,
  EN;

  /** Who states no preference, or none that can be met, is answered in this one. */
  public static final Language DEFAULT = FR;

  /** More alternatives than any browser sends; the rest of a longer header is not read. */
  private static final int MAX_RANGES = 32;

  public static Language of(HttpRequest<?> request) {
    return preferred(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE));
  }

  /** Negotiates by RFC 9110 section 12.5.4: the highest weight, then the order of the header. */
  static Language preferred(@Nullable String acceptLanguage) {
    if (acceptLanguage == null) {
      return DEFAULT;
    }
    double best = 0;
    Language chosen = DEFAULT;
    for (String range : acceptLanguage.split(",", MAX_RANGES)) {
      int parameters = range.indexOf(';');
      String name = parameters < 0 ? range : range.substring(0, parameters);
      double weight = parameters < 0 ? 1 : weight(range.substring(parameters + 1));
      Language language = named(name.strip().toLowerCase(Locale.ROOT));
      if (language != null && weight > best) {
        best = weight;
        chosen = language;
      }
    }
    return chosen;
  }

  /** As in {@code lang} attributes and in {@code Content-Language}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Language named(String range) {
    if (range.equals("*")) {
      return DEFAULT;
    }
    for (Language language : values()) {
      if (range.equals(language.code()) || range.startsWith(language.code() + "-")) {
        return language;
      }
    }
    return null;
  }

  private static double weight(String parameters) {
    String parameter = parameters.strip();
    if (!parameter.startsWith("q=")) {
      return 1;
    }
    try {
      double weight = Double.parseDouble(parameter.substring(2));
      return weight >= 0 && weight <= 1 ? weight : 0;
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }
}
