package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.house.Migrations.Column;
import io.scrutin.house.Migrations.Grant;
import io.scrutin.house.Migrations.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables in docs/data-model.md are those of the migrations. {@code -Dscrutin.docs=write} writes
 * them anew.
 */
final class DataModelTest {
  private static final Path ROOT = House.ofThisRepository().root();
  private static final Path DOCUMENT = ROOT.resolve("docs/data-model.md");
  private static final String BEGIN = "<!-- from the migrations: begin -->\n";
  private static final String END = "<!-- from the migrations: end -->\n";

  private static final Migrations MIGRATIONS =
      Migrations.in(
          ROOT.resolve("infra/postgres/src/main/resources/io/scrutin/postgres/migrations"));

  @Test
  void theDataModelIsThatOfTheMigrations() throws IOException {
    String document = House.text(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END);
    String written = document.substring(begin, end);
    if ("write".equals(System.getProperty("scrutin.docs"))) {
      Files.writeString(
          DOCUMENT, document.substring(0, begin) + described() + document.substring(end));
    } else {
      assertThat(written)
          .as("stale: build infra/house with -Dscrutin.docs=write")
          .isEqualTo(described());
    }
  }

  @Test
  void everyTableAndEveryColumnIsExplainedWhereItIsMade() {
    List<String> unexplained = new ArrayList<>();
    for (Table table : MIGRATIONS.tables()) {
      if (MIGRATIONS.comment(table.name()).isEmpty()) {
        unexplained.add(table.name());
      }
      for (Column column : table.columns()) {
        String name = table.name() + "." + column.name();
        if (MIGRATIONS.comment(name).isEmpty()) {
          unexplained.add(name);
        }
      }
    }
    assertThat(MIGRATIONS.tables()).hasSizeGreaterThan(10);
    assertThat(unexplained).isEmpty();
  }

  private static String described() {
    StringBuilder text = new StringBuilder();
    String schema = "";
    for (Table table : MIGRATIONS.tables()) {
      String its = table.name().substring(0, table.name().indexOf('.'));
      if (!its.equals(schema)) {
        schema = its;
        text.append("\n### Schema `%s`\n\n%s.\n".formatted(schema, MIGRATIONS.comment(schema)));
      }
      describe(table, text);
    }
    text.append("\n### Grants\n\n| role | may | on |\n|---|---|---|\n");
    rightsByRole()
        .forEach(
            (role, byRights) ->
                byRights.forEach(
                    (rights, tables) ->
                        text.append("| `%s` | %s | %s |\n".formatted(role, rights, tables))));
    return text.append('\n').toString();
  }

  private static void describe(Table table, StringBuilder text) {
    String kind = table.isView() ? "view " : "";
    String says = MIGRATIONS.comment(table.name());
    text.append("\n#### %s`%s`\n\n%s.\n\n".formatted(kind, table.name(), says));
    text.append("| column | type | says |\n|---|---|---|\n");
    for (Column column : table.columns()) {
      String type = column.type() + (column.mayBeEmpty() ? ", may be null" : "");
      String meaning = MIGRATIONS.comment(table.name() + "." + column.name());
      text.append("| `%s` | %s | %s |\n".formatted(column.name(), type, meaning));
    }
  }

  private static Map<String, Map<String, String>> rightsByRole() {
    return MIGRATIONS.grants().stream()
        .filter(grant -> grant.table().contains("."))
        .collect(
            Collectors.groupingBy(
                Grant::role,
                TreeMap::new,
                Collectors.groupingBy(
                    Grant::rights,
                    TreeMap::new,
                    Collectors.mapping(
                        grant -> "`" + grant.table() + "`", Collectors.joining(", ")))));
  }
}
