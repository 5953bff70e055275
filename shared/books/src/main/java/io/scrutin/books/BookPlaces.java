package io.scrutin.books;

import io.scrutin.console.Surroundings;

/**
 * Where the books lie.
 *
 * @param user the role that may read them all and write none: {@link #ROLE}
 * @param environment what the broker's subjects and Redis's keys begin with
 */
public record BookPlaces(
    String postgresUrl,
    String user,
    String password,
    String natsUrl,
    String redisUrl,
    String environment) {

  /** As {@code Roles} and the folder of passwords name it. */
  public static final String ROLE = "reconcile";

  /**
   * @throws Surroundings.NotFound when one of them is not said
   */
  public static BookPlaces from(Surroundings surroundings) {
    Surroundings.Login login = surroundings.postgres(ROLE);
    return new BookPlaces(
        login.url(),
        login.user(),
        login.password(),
        surroundings.get(Surroundings.NATS_URL),
        surroundings.get(Surroundings.REDIS_URL),
        surroundings.environment());
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "BookPlaces[" + environment + ", " + user + "]";
  }
}
