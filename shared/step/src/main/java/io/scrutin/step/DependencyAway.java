package io.scrutin.step;

/** Something a step needs does not answer. Nothing is wrong with the events: they come again. */
public final class DependencyAway extends RuntimeException {
  public DependencyAway(String dependency, Throwable cause) {
    super(dependency + " is away", cause);
  }

  public DependencyAway(String dependency) {
    super(dependency + " is away");
  }
}
