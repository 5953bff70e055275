package io.scrutin.books;

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

  /** Without the password. */
  @Override
  public String toString() {
    return "BookPlaces[" + environment + ", " + user + "]";
  }
}
