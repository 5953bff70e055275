package io.scrutin.contests;

import io.scrutin.console.TextTable;
import java.io.PrintWriter;

/** A result on a terminal. */
final class ResultsText {
  private static final int BAR_WIDTH = 40;

  private ResultsText() {}

  static void print(ResultsDocument document, PrintWriter out) {
    out.println(document.title().fr() + " | " + document.title().en());
    out.println(document.question().fr() + " | " + document.question().en());
    long most = document.counts().stream().mapToLong(ResultsDocument.Count::votes).max().orElse(0);
    TextTable table = new TextTable("choice", "votes", "");
    for (ResultsDocument.Count count : document.counts()) {
      int length = most == 0 ? 0 : (int) (count.votes() * BAR_WIDTH / most);
      table.row(count.label().fr() + " | " + count.label().en(), count.votes(), "█".repeat(length));
    }
    table.print(out);
    out.printf(
        "%d of %d on the roll voted; %d ballots counted, %d spoiled; %d duplicates, %d refused%n",
        document.recorded(),
        document.rollSize(),
        document.total(),
        document.spoiled(),
        document.duplicates(),
        document.rejected());
    document.notes().forEach(note -> out.println("Noted: " + note));
    out.flush();
  }
}
