package io.scrutin.hashgen;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Credentials of nobody: no NAS begins with 0. */
final class Voters {
  private Voters() {}

  static String nas(int index) {
    String body = "%08d".formatted(index);
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int weighted = (body.charAt(i) - '0') * (i % 2 == 1 ? 2 : 1);
      sum += weighted / 10 + weighted % 10;
    }
    return body + (10 - sum % 10) % 10;
  }

  static List<String> rows(int from, int count, String law) {
    Random random = new Random(from);
    List<String> rows = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      StringBuilder code = new StringBuilder();
      for (int c = 0; c < 8; c++) {
        code.append(Codes.ALPHABET.charAt(random.nextInt(Codes.ALPHABET.length())));
      }
      rows.add(nas(i) + "," + code + "," + law);
    }
    return rows;
  }
}
