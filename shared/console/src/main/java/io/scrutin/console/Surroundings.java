package io.scrutin.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command finds the system it works on: the environment says it, on a cluster from its
 * manifests, on one machine from what {@code ./scrutin up} left in its folder.
 */
public final class Surroundings {
  /** A role of the database and what it logs in with. */
  public record Login(String url, String user, String password) {
    /** A login is printed by mistake sooner or later. */
    @Override
    public String toString() {
      return "Login[" + user + " at " + url + "]";
    }
  }

  public static final String POSTGRES_URL = "SCRUTIN_POSTGRES_URL";

  /** A folder with one file for each role, named as the function is. */
  public static final String POSTGRES_PASSWORDS_DIR = "SCRUTIN_POSTGRES_PASSWORDS_DIR";

  public static final String REDIS_URL = "SCRUTIN_REDIS_URL";
  public static final String NATS_URL = "SCRUTIN_NATS_URL";

  /** The public address, as voters know it. */
  public static final String PUBLIC_URL = "SCRUTIN_URL";

  public static final String ENVIRONMENT = "SCRUTIN_ENVIRONMENT";

  /** For submit and hashgen-job: the key that tags are made with. */
  public static final String PEPPER_FILE = "SCRUTIN_PEPPER_FILE";

  /** For tally: the folder of the private halves of ballot keys. */
  public static final String BALLOT_KEYS_DIR = "SCRUTIN_BALLOT_KEYS_DIR";

  /** What results are signed with. */
  public static final String SIGNING_KEY_FILE = "SCRUTIN_SIGNING_KEY_FILE";

  private final Map<String, String> environment;

  public Surroundings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  public boolean has(String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  /**
   * @throws NotFound which says what to do
   */
  public String get(String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new NotFound(name + " is not set, and no ./scrutin up runs here that would say it");
    }
    return value;
  }

  public String environment() {
    return environment.getOrDefault(ENVIRONMENT, "local");
  }

  public Path path(String name) {
    return Path.of(get(name));
  }

  /**
   * @param function whose role it is
   */
  public Login postgres(String function) {
    Path file = path(POSTGRES_PASSWORDS_DIR).resolve(function);
    try {
      String password = Files.readString(file).strip();
      return new Login(get(POSTGRES_URL), "scrutin_" + function, password);
    } catch (IOException unreadable) {
      throw new NotFound("the password of the role scrutin_" + function + " is not in " + file);
    }
  }

  /** Something that the command needs is not there. */
  public static final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotFound(String message) {
      super(message);
    }
  }
}
