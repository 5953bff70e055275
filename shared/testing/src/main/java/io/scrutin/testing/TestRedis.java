package io.scrutin.testing;

import io.scrutin.servers.RedisServer;
import java.util.concurrent.atomic.AtomicInteger;

/** Redis for tests: one server a JVM, started when first asked for, and a key prefix a test. */
public final class TestRedis {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final class Shared {
    static final RedisServer SERVER = own();
  }

  private TestRedis() {}

  public static String url() {
    return Shared.SERVER.url();
  }

  /** To be given as the environment, which every key begins with. */
  public static String freshPrefix() {
    return "test" + COUNT.incrementAndGet();
  }

  /** A server that a test may stop, kill, flush and start again. */
  public static RedisServer own() {
    return TestFolders.untilExit(
        RedisServer.start(TestFolders.PROGRAMS, TestFolders.fresh("redis"), 0));
  }
}
