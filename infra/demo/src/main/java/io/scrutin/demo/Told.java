package io.scrutin.demo;

import org.jspecify.annotations.Nullable;

/** What a post was answered. */
record Told(Post post, int status, @Nullable String requestId) {
  /** 202: the vote is kept. 200: it was known already. */
  boolean isPromise() {
    return status == 202 || status == 200;
  }
}
