package io.scrutin.hashgen;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** As many as can be read, and the number of all. */
final class Differences {
  static final int MAX_PRINTED = 100;

  private final List<Difference> first = new ArrayList<>();
  private long count;

  void add(Difference difference) {
    count++;
    if (first.size() < MAX_PRINTED) {
      first.add(difference);
    }
  }

  void addAll(List<Difference> differences) {
    differences.forEach(this::add);
  }

  long count() {
    return count;
  }

  void print(PrintWriter to) {
    first.forEach(to::println);
    if (count > first.size()) {
      to.println("and " + (count - first.size()) + " more");
    }
    to.flush();
  }
}
