package io.scrutin.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A server's configuration with {@code ${name}} where this machine's values go. */
final class Template {
  private Template() {}

  static String fill(String resource, Map<String, String> values) throws IOException {
    try (InputStream content = Template.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IOException("the template " + resource + " is not in the jar");
      }
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("${" + value.getKey() + "}", value.getValue());
      }
      if (text.contains("${")) {
        throw new IOException("a value of the template " + resource + " is missing");
      }
      return text;
    }
  }
}
