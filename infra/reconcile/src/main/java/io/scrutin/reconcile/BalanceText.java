package io.scrutin.reconcile;

import io.scrutin.books.Balance;
import io.scrutin.books.Difference;
import io.scrutin.books.Line;
import io.scrutin.console.TextTable;
import java.io.PrintWriter;
import java.util.List;

/** Balances as tables, for a person. */
final class BalanceText {
  private BalanceText() {}

  static void print(List<Balance> balances, PrintWriter out) {
    if (balances.isEmpty()) {
      out.println("There is no contest yet.");
    }
    balances.forEach(balance -> print(balance, out));
    out.flush();
  }

  private static void print(Balance balance, PrintWriter out) {
    String state = balance.closed() ? "closed" : "open";
    out.println(balance.lawId() + " (" + state + "), as of " + balance.at());
    TextTable table = new TextTable("book", "what", "expected", "found", "");
    for (Line line : balance.lines()) {
      String mark = line.agrees() ? "✓" : "✗";
      table.row(line.book().code(), line.what(), line.expected(), line.found(), mark);
    }
    table.print(out);
    Balance.Votes votes = balance.votes();
    out.printf(
        "  %,d cast: %,d recorded, %,d duplicate, %,d rejected, %,d pending, %,d parked%s, %,d lost%n",
        votes.cast(),
        votes.recorded(),
        votes.duplicated(),
        votes.rejected(),
        votes.pending(),
        votes.parked(),
        votes.discarded() == 0 ? "" : String.format(", %,d discarded", votes.discarded()),
        votes.lost());
    differences(balance, out);
    balance.notes().forEach(note -> out.println("  note: " + note));
    out.println("  " + verdict(balance));
    out.println();
  }

  private static void differences(Balance balance, PrintWriter out) {
    if (balance.differences().isEmpty()) {
      return;
    }
    out.println();
    TextTable table = new TextTable("differs", "id", "what is wrong");
    for (Difference difference : balance.differences()) {
      table.row(difference.book().code(), difference.id(), difference.text());
    }
    table.print(out);
  }

  private static String verdict(Balance balance) {
    if (!balance.balances()) {
      return "THE BOOKS DO NOT BALANCE: " + balance.found() + " differences";
    }
    if (balance.finished()) {
      return "The books balance, and nothing can change any more.";
    }
    return balance.compared()
        ? "The books balance."
        : "The books balance, as far as they could be compared.";
  }
}
