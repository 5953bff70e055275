package io.scrutin.standalone;

import java.net.URI;
import java.time.Duration;

/** Whether a request may be passed on. */
sealed interface Admission {
  /**
   * @param waked whether this request made the process start
   */
  record Enter(URI function, boolean waked) implements Admission {}

  /** Not now; ask again after that time. */
  record Later(Duration after) implements Admission {}
}
