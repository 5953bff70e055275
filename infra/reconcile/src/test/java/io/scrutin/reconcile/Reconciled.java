package io.scrutin.reconcile;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;

/** What the command said, and how it ended. */
record Reconciled(int code, String text) {
  static Reconciled run(Map<String, String> environment, String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int code = ReconcileCommand.run(Arrays.asList(arguments), environment, out, out);
    return new Reconciled(code, text.toString());
  }
}
