package io.scrutin.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the migrations say of the database, read from their text: in the plain SQL in which they are
 * written, one statement after the other.
 */
final class Migrations {
  /** A table or a view, with its columns in their order. */
  record Table(String name, boolean isView, List<Column> columns) {}

  record Column(String name, String type, boolean mayBeEmpty) {}

  /**
   * @param rights such as {@code SELECT, INSERT}, or {@code SELECT (law_id)}
   */
  record Grant(String role, String rights, String table) {}

  private static final Pattern VERSION = Pattern.compile("V(\\d+)__\\w+\\.sql");
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE ([\\w.]+) \\((.*?)\\n\\)(\\s*WITH.*)?", Pattern.DOTALL);
  private static final Pattern VIEW = Pattern.compile("CREATE VIEW ([\\w.]+) AS.*", Pattern.DOTALL);
  private static final Pattern ADDED =
      Pattern.compile("ALTER TABLE ([\\w.]+) ADD COLUMN (.*)", Pattern.DOTALL);
  private static final Pattern COMMENT =
      Pattern.compile("COMMENT ON \\w+ ([\\w.]+) IS '(.*)'", Pattern.DOTALL);
  private static final Pattern GRANT =
      Pattern.compile("GRANT (.+?) ON (?!SCHEMA)(.+?) TO (.+)", Pattern.DOTALL);
  private static final Pattern REVOKE =
      Pattern.compile("REVOKE (.+?) ON (?!SCHEMA)(.+?) FROM (.+)", Pattern.DOTALL);
  private static final Pattern COLUMN =
      Pattern.compile(
          "(\\w+) (.+?)( (?:NOT NULL|PRIMARY KEY|GENERATED|DEFAULT|CHECK).*)?", Pattern.DOTALL);

  /** A comma that is not inside parentheses. */
  private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

  private final Map<String, Table> tables = new TreeMap<>();
  private final Map<String, String> comments = new TreeMap<>();
  private final List<Grant> grants = new ArrayList<>();

  static Migrations in(Path folder) {
    Migrations migrations = new Migrations();
    House.filesUnder(folder, ".sql").stream()
        .sorted(Comparator.comparingInt(Migrations::version))
        .forEach(file -> migrations.read(House.text(file)));
    return migrations;
  }

  /** V10 comes after V9, whatever the alphabet says. */
  private static int version(Path file) {
    Matcher name = VERSION.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(file.getFileName() + " has no version");
    }
    return Integer.parseInt(name.group(1));
  }

  List<Table> tables() {
    return List.copyOf(tables.values());
  }

  List<Grant> grants() {
    return List.copyOf(grants);
  }

  /** Empty for what has none. */
  String comment(String name) {
    return comments.getOrDefault(name, "");
  }

  private void read(String sql) {
    String plain = sql.replaceAll("(?m)^\\s*--.*$", "").replaceAll("(?s)DO \\$\\$.*?\\$\\$;", "");
    for (String statement : plain.split(";(?=\\s*(\\n|$))", -1)) {
      understand(statement.strip());
    }
  }

  private void understand(String statement) {
    Matcher table = TABLE.matcher(statement);
    Matcher view = VIEW.matcher(statement);
    Matcher added = ADDED.matcher(statement);
    Matcher comment = COMMENT.matcher(statement);
    Matcher grant = GRANT.matcher(statement);
    Matcher revoke = REVOKE.matcher(statement);
    if (table.matches()) {
      tables.put(table.group(1), new Table(table.group(1), false, columns(table.group(2))));
    } else if (view.matches()) {
      tables.put(view.group(1), new Table(view.group(1), true, new ArrayList<>()));
    } else if (added.matches()) {
      known(added.group(1)).columns().addAll(columns(added.group(2)));
    } else if (comment.matches()) {
      String name = comment.group(1);
      comments.put(name, comment.group(2).replace("''", "'"));
      String owner = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      // A view's columns are named nowhere else.
      if (tables.containsKey(owner) && known(owner).isView()) {
        known(owner).columns().add(new Column(name.substring(owner.length() + 1), "", false));
      }
    } else if (grant.matches()) {
      grants.addAll(grants(grant));
    } else if (revoke.matches()) {
      grants(revoke).forEach(this::revoke);
    }
  }

  private void revoke(Grant revoked) {
    List<String> gone = split(revoked.rights());
    grants.replaceAll(
        grant ->
            grant.role().equals(revoked.role()) && grant.table().equals(revoked.table())
                ? new Grant(grant.role(), without(gone, grant.rights()), grant.table())
                : grant);
    grants.removeIf(grant -> grant.rights().isEmpty());
  }

  private static String without(List<String> gone, String rights) {
    return split(rights).stream()
        .filter(right -> !gone.contains(right))
        .collect(Collectors.joining(", "));
  }

  private Table known(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException("no migration makes " + name);
    }
    return table;
  }

  /** What such a statement grants, or takes back. */
  private static List<Grant> grants(Matcher statement) {
    List<Grant> grants = new ArrayList<>();
    for (String object : split(statement.group(2))) {
      for (String role : split(statement.group(3))) {
        grants.add(new Grant(role, String.join(", ", split(statement.group(1))), object));
      }
    }
    return grants;
  }

  private static List<Column> columns(String definition) {
    List<Column> columns = new ArrayList<>();
    for (String part : split(definition)) {
      Matcher column = COLUMN.matcher(part);
      boolean constraint = part.matches("(?s)(PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY|CONSTRAINT).*");
      if (!constraint && column.matches()) {
        boolean mayBeEmpty = !part.contains("NOT NULL") && !part.contains(" PRIMARY KEY");
        columns.add(
            new Column(
                column.group(1),
                column.group(2),
                mayBeEmpty && !part.contains("GENERATED ALWAYS AS IDENTITY")));
      }
    }
    return columns;
  }

  private static List<String> split(String list) {
    return COMMA.splitAsStream(list).map(part -> part.strip().replaceAll("\\s+", " ")).toList();
  }
}
