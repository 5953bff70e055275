package io.scrutin.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The texts of one module in every language, from {@code messages_fr.properties} and {@code
 * messages_en.properties} beside a class of it.
 *
 * <p>Not {@code java.text.MessageFormat}: its apostrophes would have to be doubled all through the
 * French.
 */
public final class Messages {
  private final Map<Language, Properties> texts = new EnumMap<>(Language.class);

  private Messages(Class<?> owner) {
    for (Language language : Language.values()) {
      texts.put(language, load(owner, language));
    }
    refuseUnequalKeys(owner);
  }

  /** Fails when a text is missing in one of the languages, so that no reader ever finds out. */
  public static Messages beside(Class<?> owner) {
    return new Messages(owner);
  }

  /** The text, with {@code {0}}, {@code {1}} … replaced. */
  public String text(Language language, String key, Object... values) {
    String text = at(language).getProperty(key);
    if (text == null) {
      throw new IllegalArgumentException("no text is called " + key);
    }
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  Set<String> keys(Language language) {
    return at(language).stringPropertyNames();
  }

  private Properties at(Language language) {
    Properties properties = texts.get(language);
    if (properties == null) {
      throw new IllegalStateException("constructed for every language");
    }
    return properties;
  }

  private void refuseUnequalKeys(Class<?> owner) {
    Set<String> all = new HashSet<>();
    texts.values().forEach(properties -> all.addAll(properties.stringPropertyNames()));
    for (Language language : Language.values()) {
      Set<String> missing = new HashSet<>(all);
      missing.removeAll(keys(language));
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            owner.getPackageName() + " lacks in " + language.code() + ": " + missing);
      }
    }
  }

  private static Properties load(Class<?> owner, Language language) {
    String name = "messages_" + language.code() + ".properties";
    Properties properties = new Properties();
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(owner.getPackageName() + " has no " + name);
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties;
  }
}
