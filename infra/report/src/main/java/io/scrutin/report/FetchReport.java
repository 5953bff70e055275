package io.scrutin.report;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks the audit function, page by page where there are pages. */
final class FetchReport implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A recount of eight million ballots takes its time. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final long MAX_BODY_BYTES = 8L * 1024 * 1024;

  /** As many as the function gives at once. */
  private static final int PAGE = 200;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI base;
  private final Locale language;
  private final int maxPages;

  FetchReport(URI base, Locale language, int maxPages) {
    this.base = base;
    this.language = language;
    this.maxPages = maxPages;
  }

  Fetched fetch(Kind kind, String lawId) {
    String path = "/api/v1/audit/" + lawId + "/" + kind.path();
    try {
      return kind.isPaged() ? pages(path) : get(path);
    } catch (IOException away) {
      return new Fetched.NoAnswer(String.valueOf(away.getMessage()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new Fetched.NoAnswer("interrupted");
    }
  }

  private Fetched pages(String path) throws IOException, InterruptedException {
    List<Object> items = new ArrayList<>();
    String after = "";
    for (int page = 0; page < maxPages; page++) {
      Fetched fetched = get(path + "?limit=" + PAGE + after);
      if (!(fetched instanceof Fetched.Found found)) {
        return fetched;
      }
      items.addAll(found.tree().list("items"));
      if (!(found.tree().get("next") instanceof String next)) {
        return list(items, true);
      }
      after = "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
    return list(items, false);
  }

  private static Fetched list(List<Object> items, boolean isWhole) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("items", items);
    Tree tree = new Tree(fields);
    return new Fetched.Found(tree, tree.json(), isWhole);
  }

  private Fetched get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(ANSWER)
            .header("Accept", "application/json, application/problem+json")
            .header("Accept-Language", language.getLanguage())
            .build();
    HttpResponse<String> response =
        client.send(
            request,
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BODY_BYTES));
    if (response.statusCode() == 200) {
      return new Fetched.Found(Tree.read(response.body()), response.body(), true);
    }
    boolean problem =
        response
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith("application/problem+json"))
            .isPresent();
    if (!problem) {
      return new Fetched.NoAnswer("HTTP " + response.statusCode());
    }
    Tree why = Tree.read(response.body());
    return new Fetched.Refused(
        response.statusCode(), why.cell("title") + ". " + why.cell("detail"));
  }

  @Override
  public void close() {
    client.close();
  }
}
