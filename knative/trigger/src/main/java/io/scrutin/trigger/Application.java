package io.scrutin.trigger;

import io.micronaut.runtime.Micronaut;

/** The trigger by itself, with every function behind a URL. */
public final class Application {
  private Application() {}

  public static void main(String[] args) {
    Micronaut.run(Application.class, args);
  }
}
