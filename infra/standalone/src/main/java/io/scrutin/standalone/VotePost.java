package io.scrutin.standalone;

import io.scrutin.standalone.Credentials.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A post as a voter's browser sends it, over connections that stay open. */
final class VotePost {
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(10).toMillis();
  private static final int REFUSED = 400;

  private VotePost() {}

  /**
   * @param door where the system is found
   * @return the status of the answer
   */
  static int send(URI door, Credential voter, String law, String choice) throws IOException {
    HttpURLConnection post =
        (HttpURLConnection) door.resolve("/api/v1/vote").toURL().openConnection();
    post.setConnectTimeout(PATIENCE_MILLIS);
    post.setReadTimeout(PATIENCE_MILLIS);
    post.setDoOutput(true);
    post.setRequestProperty("Content-Type", "application/json");
    try (OutputStream out = post.getOutputStream()) {
      out.write(voter.vote(law, choice).getBytes(StandardCharsets.UTF_8));
    }
    int status = post.getResponseCode();
    // Only a connection that was read to the end is used again.
    try (InputStream answer = status < REFUSED ? post.getInputStream() : post.getErrorStream()) {
      answer.transferTo(OutputStream.nullOutputStream());
    }
    return status;
  }
}
