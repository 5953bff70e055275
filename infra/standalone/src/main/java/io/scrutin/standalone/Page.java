package io.scrutin.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The voter's page and the description of the API, as they lie in the jar. */
final class Page {
  record File(String contentType, byte[] content) {}

  /** Nothing from elsewhere, nothing inline. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "/index.html", "text/html; charset=utf-8",
          "/style.css", "text/css; charset=utf-8",
          "/app.js", "text/javascript; charset=utf-8",
          "/openapi.yaml", "application/yaml; charset=utf-8");

  private Page() {}

  static Optional<File> file(String path) throws IOException {
    String name = path.equals("/") ? "/index.html" : path;
    String contentType = CONTENT_TYPES.get(name);
    if (contentType == null) {
      return Optional.empty();
    }
    try (InputStream content = Page.class.getResourceAsStream("/page" + name)) {
      return content == null
          ? Optional.empty()
          : Optional.of(new File(contentType, content.readAllBytes()));
    }
  }
}
