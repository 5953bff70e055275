package io.scrutin.report;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The words of one language, from {@code messages_fr} and {@code messages_en}. */
record Wording(ResourceBundle texts) {
  static Wording of(Locale language) {
    return new Wording(
        ResourceBundle.getBundle(
            "io.scrutin.report.messages",
            language,
            Control.getNoFallbackControl(Control.FORMAT_PROPERTIES)));
  }

  String text(String key, Object... values) {
    String text = texts.getString(key);
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  /** A code of the API in words; one that has none is shown as it is. */
  String code(String group, Object code) {
    String key = group + "." + code;
    return texts.containsKey(key) ? texts.getString(key) : code.toString();
  }
}
