package io.scrutin.hashgen;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the first line says of a file.
 *
 * @param heading empty if the first line is a row already
 */
record CsvLayout(char separator, Optional<List<String>> heading) {
  CsvLayout {
    heading = heading.map(List::copyOf);
  }

  /** A line with a column named NAS is a heading; digits are no name. */
  static CsvLayout of(String firstLine) {
    char separator = firstLine.indexOf(';') >= 0 ? ';' : ',';
    Optional<List<String>> names =
        CsvLine.split(firstLine, separator)
            .map(fields -> fields.stream().map(CsvLayout::plain).toList())
            .filter(fields -> fields.contains("nas"));
    return new CsvLayout(separator, names);
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  /** Where a column is; without a heading, where it would be. */
  int column(String name, int withoutHeading) throws RollRefused {
    if (heading.isEmpty()) {
      return withoutHeading;
    }
    List<String> names = heading.get();
    int at = names.indexOf(name);
    if (at < 0 || at != names.lastIndexOf(name)) {
      throw new RollRefused("the heading on line 1 needs one column named " + name);
    }
    return at;
  }
}
