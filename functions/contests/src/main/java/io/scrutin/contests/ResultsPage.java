package io.scrutin.contests;

import io.scrutin.contests.ResultsDocument.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A results document as a page to read and to print, in both languages, out of one file. */
final class ResultsPage {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)\\}");
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int HUNDRED = 100;

  private final ResultsDocument document;

  private ResultsPage(ResultsDocument document) {
    this.document = document;
  }

  static String of(ResultsDocument document) {
    return new ResultsPage(document).page();
  }

  private String page() {
    PublicSigningKey key = PublicSigningKey.ofBase64(document.signingKey());
    Map<String, String> parts =
        Map.ofEntries(
            Map.entry("title_fr", escape(document.title().fr())),
            Map.entry("title_en", escape(document.title().en())),
            Map.entry("question_fr", escape(document.question().fr())),
            Map.entry("question_en", escape(document.question().en())),
            Map.entry("choices", choices()),
            Map.entry("turnout", turnout()),
            Map.entry("books", books()),
            Map.entry("notes", notes()),
            Map.entry("law", escape(document.lawId())),
            Map.entry("key_id", key.keyId()),
            Map.entry("fingerprint", key.fingerprint()),
            Map.entry("published", moment(document.publishedAt())),
            Map.entry("software", escape(document.software())));
    return PLACE
        .matcher(template())
        .replaceAll(
            place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), place.group())));
  }

  private String choices() {
    long most = document.counts().stream().mapToLong(ResultsDocument.Count::votes).max().orElse(0);
    StringBuilder rows = new StringBuilder();
    for (ResultsDocument.Count count : document.counts()) {
      String first = most > 0 && count.votes() == most ? " class=\"first\"" : "";
      String width = share(count.votes(), most).replace(',', '.');
      rows.append("<tr").append(first).append("><th>").append(both(count.label()));
      rows.append("<span class=\"bar\" style=\"width:").append(width).append("%\"></span></th>");
      rows.append("<td class=\"n\">").append(number(count.votes())).append("</td>");
      rows.append("<td class=\"n\">")
          .append(share(count.votes(), document.total()))
          .append("&nbsp;%</td></tr>\n");
    }
    return rows.toString();
  }

  private String turnout() {
    return row("Inscrits", "On the roll", number(document.rollSize()))
        + row("Votants", "Voted", number(document.recorded()))
        + row(
            "Participation", "Turnout", share(document.recorded(), document.rollSize()) + "&nbsp;%")
        + row("Bulletins comptés", "Ballots counted", number(document.total()))
        + row("Bulletins nuls", "Spoiled ballots", number(document.spoiled()))
        + row("Doublons écartés", "Duplicates set aside", number(document.duplicates()))
        + row("Votes refusés", "Votes refused", number(document.rejected()))
        + row("Ouverture", "Opened", moment(document.opensAt()))
        + row("Clôture", "Closed", moment(document.closesAt()));
  }

  private String books() {
    StringBuilder rows = new StringBuilder();
    document
        .books()
        .forEach(
            (name, value) ->
                rows.append("<tr><th lang=\"en\">")
                    .append(escape(name))
                    .append("</th><td class=\"n\">")
                    .append(number(value))
                    .append("</td></tr>\n"));
    return rows.toString();
  }

  private String notes() {
    if (document.notes().isEmpty()) {
      return "";
    }
    StringBuilder items = new StringBuilder("<p>Remarques · <span lang=\"en\">Notes</span></p>\n");
    items.append("<ul lang=\"en\">\n");
    document.notes().forEach(note -> items.append("<li>").append(escape(note)).append("</li>\n"));
    return items.append("</ul>\n").toString();
  }

  private static String row(String fr, String en, String value) {
    return "<tr><th>" + both(new Text(fr, en)) + "</th><td class=\"n\">" + value + "</td></tr>\n";
  }

  private static String both(Text text) {
    return escape(text.fr()) + " · <span lang=\"en\">" + escape(text.en()) + "</span>";
  }

  /** With the narrow space that both languages may group by. */
  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(",", "&#8239;");
  }

  private static String share(long part, long whole) {
    long hundredths = whole == 0 ? 0 : Math.round((double) part * HUNDRED * HUNDRED / whole);
    return String.format(Locale.ROOT, "%d,%02d", hundredths / HUNDRED, hundredths % HUNDRED);
  }

  private static String moment(Instant moment) {
    return MOMENT.format(moment);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("{", "&#123;");
  }

  private static String template() {
    try (InputStream file =
        Objects.requireNonNull(ResultsPage.class.getResourceAsStream("results.html"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
