package io.scrutin.standalone;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.io.IOException;
import java.util.Optional;

/** The voter's page, when all functions are in this process. */
@Controller
final class PageController {
  @Get("/")
  HttpResponse<?> home() throws IOException {
    return answer("/");
  }

  @Get("/{file:index\\.html|style\\.css|app\\.js|openapi\\.yaml}")
  HttpResponse<?> file(String file) throws IOException {
    return answer("/" + file);
  }

  private static HttpResponse<?> answer(String path) throws IOException {
    Optional<Page.File> file = Page.file(path);
    return file.isEmpty()
        ? HttpResponse.notFound()
        : HttpResponse.ok(file.get().content())
            .header("Content-Type", file.get().contentType())
            .header("Content-Security-Policy", Page.CONTENT_SECURITY_POLICY);
  }
}
