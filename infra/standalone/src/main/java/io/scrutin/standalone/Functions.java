package io.scrutin.standalone;

import java.net.URI;

/** The functions and the trigger, running. */
sealed interface Functions extends AutoCloseable
    permits OneProcess, ManyProcesses, SleepingFunctions {
  /** Where voters find them. */
  URI url();

  /** Finishes what is in hand, then ends. */
  @Override
  void close();
}
