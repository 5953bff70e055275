package io.scrutin.trigger;

import java.io.IOException;

/** A function as a process of its own; says where it is, and ends with its standard input. */
final class FunctionMain {
  private FunctionMain() {}

  public static void main(String[] arguments) throws IOException {
    try (TestFunction function = new TestFunction(TestStep.verifying())) {
      System.out.println(function.url());
      while (System.in.read() >= 0) {
        // Whoever started it is still there.
      }
    }
  }
}
