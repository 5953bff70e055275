package io.scrutin.chaos;

/**
 * What one post was answered.
 *
 * @param sentMillis by this machine's clock
 * @param status 0 when there was no answer
 * @param requestId empty when none was given
 */
record Told(int number, long sentMillis, long toldMillis, int status, String requestId) {
  static final int NO_ANSWER = 0;

  /** 202: the vote is kept. 200: it was known already. */
  boolean isPromise() {
    return status == 202 || status == 200;
  }

  /** Nobody knows whether there is a vote, or there is none and it may be tried again. */
  boolean isOpen() {
    return status == NO_ANSWER || status == 429 || status >= 500;
  }
}
