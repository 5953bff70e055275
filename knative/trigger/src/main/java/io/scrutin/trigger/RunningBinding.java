package io.scrutin.trigger;

/** A binding at work. */
sealed interface RunningBinding permits StreamBinding, WakeBinding, RequestBinding {
  BindingConfig config();

  FunctionCall call();

  void start();

  /** There is a new connection: what was under way on the one before is lost. */
  void reconnected();

  /** Asks the broker what waits. */
  void sample() throws Exception;

  /** Writes down how far it is. */
  void checkpoint() throws Exception;

  BindingStats stats();

  /** Finishes what is in hand, within the time there is, and gives the rest back. */
  void stop() throws InterruptedException;
}
