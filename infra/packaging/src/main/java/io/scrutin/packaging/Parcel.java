package io.scrutin.packaging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something that is started by itself.
 *
 * @param module its folder in the repository
 * @param main the class that is started
 * @param rehearsal what it is asked while its cache is trained
 */
record Parcel(String name, Path module, String main, Kind kind, List<String> rehearsal) {
  enum Kind {
    /** Serves HTTP and starts often, at once: it has a cache. */
    SERVER,

    /** Runs to its end, and seldom: nobody waits for its start. */
    JOB
  }

  private static final Pattern NAME = Pattern.compile("[a-z]{2,20}");

  Parcel {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name of a parcel: " + name);
    }
    rehearsal = List.copyOf(rehearsal);
  }

  static Parcel function(String name) {
    return server(name, "functions/" + name);
  }

  static Parcel server(String name, String module) {
    return new Parcel(
        name, Path.of(module), "io.scrutin." + name + ".Application", Kind.SERVER, List.of());
  }

  static Parcel job(String name, String module, String main) {
    return new Parcel(name, Path.of(module), main, Kind.JOB, List.of());
  }

  /** It does not start without its keys; for a rehearsal, any do. */
  Parcel keys(String... files) {
    return then("keys " + name.toUpperCase(Locale.ROOT) + "_KEYS_DIR " + String.join(" ", files));
  }

  Parcel get(String path) {
    return then("GET " + path);
  }

  Parcel post(String path, String contentType, String body) {
    return then("POST " + path + " " + contentType + " " + body);
  }

  /**
   * @param query how one begins that finds a row while it is rehearsed
   */
  Parcel finds(String query, String... row) {
    return then("row " + query + "\t" + String.join("\t", row));
  }

  private Parcel then(String line) {
    List<String> lines = new ArrayList<>(rehearsal);
    lines.add(line);
    return new Parcel(name, module, main, kind, lines);
  }
}
