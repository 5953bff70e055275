package io.scrutin.bench;

import io.scrutin.standalone.Credentials.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The posts of a roll's voters, as bytes on a wire. All rows of a roll that {@code hashgen issue}
 * wrote are equally long, so a post is a template with two places to fill: eight million voters are
 * one array, and a post costs two copies.
 */
final class VotePosts {
  private static final int NAS_CHARS = 9;
  private static final String[] CHOICES = {"oui", "non"};

  private final byte[] roll;
  private final int firstRow;
  private final int rowBytes;
  private final int codeBytes;
  private final Template[] plain;
  private final Template[] waiting;

  private record Template(byte[] bytes, int nasAt, int codeAt) {}

  private VotePosts(byte[] roll, int firstRow, int rowBytes, int codeBytes, String lawId) {
    this.roll = roll;
    this.firstRow = firstRow;
    this.rowBytes = rowBytes;
    this.codeBytes = codeBytes;
    this.plain = templates(lawId, "");
    this.waiting = templates(lawId, "Prefer: wait=10\r\n");
  }

  /**
   * @param file as {@code hashgen issue} writes it: NAS, code, law
   */
  static VotePosts of(Path file, String lawId) throws IOException {
    byte[] roll = Files.readAllBytes(file);
    int firstRow = lineEnd(roll, 0);
    int rowBytes = lineEnd(roll, firstRow) - firstRow;
    int codeBytes = rowBytes - NAS_CHARS - lawId.length() - 3;
    if (codeBytes < 1 || (roll.length - firstRow) % rowBytes != 0) {
      throw new IOException(file + " is no roll of " + lawId + " with rows of one length");
    }
    return new VotePosts(roll, firstRow, rowBytes, codeBytes, lawId);
  }

  private static int lineEnd(byte[] text, int from) throws IOException {
    for (int i = from; i < text.length; i++) {
      if (text[i] == '\n') {
        return i + 1;
      }
    }
    throw new IOException("a roll has a heading and a voter");
  }

  private Template[] templates(String lawId, String header) {
    Template[] templates = new Template[CHOICES.length];
    for (int i = 0; i < CHOICES.length; i++) {
      String nas = "n".repeat(NAS_CHARS);
      String code = "c".repeat(codeBytes);
      String body = new Credential(nas, code).vote(lawId, CHOICES[i]);
      String post =
          "POST /api/v1/vote HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + header
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      int nasAt = post.length() - body.length() + body.indexOf(nas);
      int codeAt = post.length() - body.length() + body.indexOf(code);
      templates[i] = new Template(post.getBytes(StandardCharsets.US_ASCII), nasAt, codeAt);
    }
    return templates;
  }

  int voters() {
    return (roll.length - firstRow) / rowBytes;
  }

  /**
   * @param waits whether the answer is to be held until the vote's outcome is known
   */
  byte[] post(int voter, boolean waits) {
    Template[] templates = waits ? waiting : plain;
    Template template = templates[voter % CHOICES.length];
    byte[] post = template.bytes().clone();
    int row = firstRow + voter * rowBytes;
    System.arraycopy(roll, row, post, template.nasAt(), NAS_CHARS);
    System.arraycopy(roll, row + NAS_CHARS + 1, post, template.codeAt(), codeBytes);
    return post;
  }
}
