package io.scrutin.house;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the documents of a repository say that can be checked without running it. */
record Documents(Path root, List<String> paths) {
  private static final int MAX_README_LINES = 80;

  private static final List<String> README_HEADINGS =
      List.of("In", "Out", "Effects", "Refusals", "Limits");

  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

  /** A paragraph's first words in bold. */
  private static final Pattern LABEL = Pattern.compile("(?m)^\\*\\*(\\w+)\\*\\*");

  private static final Pattern COMMAND = Pattern.compile("\\./scrutin +([a-z]+)");
  private static final Pattern BUILT_MODULE = Pattern.compile("-pl +([\\w/]+)");
  private static final Pattern PATH =
      Pattern.compile("`((?:shared|functions|knative|infra|docs)/[\\w./-]*)`");

  static Documents of(House house) {
    return new Documents(
        house.root(),
        Checkout.of(house.root()).textFiles().stream()
            .map(Checkout.TextFile::path)
            .filter(path -> path.endsWith(".md"))
            .toList());
  }

  /** Links to files that are not there, or to headings that these do not have. */
  List<String> brokenLinks() {
    List<String> broken = new ArrayList<>();
    for (String path : paths) {
      Path file = root.resolve(path);
      String text = CODE.matcher(FENCE.matcher(House.text(file)).replaceAll("")).replaceAll("");
      for (String link : groups(LINK, text)) {
        if (!link.contains("://") && !leadsSomewhere(file, link)) {
          broken.add(path + " " + link);
        }
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Path from, String link) {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? from : Objects.requireNonNull(from.getParent()).resolve(parts[0]);
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** As the usual viewers make them of headings. */
  private static Set<String> anchors(Path file) {
    Set<String> anchors = new TreeSet<>();
    String text = FENCE.matcher(House.text(file)).replaceAll("");
    for (String heading : groups(HEADING, text)) {
      anchors.add(
          heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
    }
    return anchors;
  }

  /** Commands of {@code ./scrutin} that its help does not name. */
  Set<String> unknownCommands(String help) {
    Set<String> unknown = new TreeSet<>();
    for (String path : paths) {
      for (String command : groups(COMMAND, House.text(root.resolve(path)))) {
        if (!Pattern.compile("(?m)^ +" + command + "\\b").matcher(help).find()) {
          unknown.add(path + " ./scrutin " + command);
        }
      }
    }
    return unknown;
  }

  /** Modules and folders that are named and not there. */
  Set<String> unknownPaths() {
    Set<String> unknown = new TreeSet<>();
    for (String path : paths) {
      String text = House.text(root.resolve(path));
      Stream.concat(groups(BUILT_MODULE, text).stream(), groups(PATH, text).stream())
          .filter(named -> !Files.exists(root.resolve(named)))
          .forEach(named -> unknown.add(path + " " + named));
    }
    return unknown;
  }

  Set<String> unlistedDecisions() {
    Path folder = root.resolve("docs/adr");
    String list = House.text(folder.resolve("README.md"));
    Set<String> unlisted = new TreeSet<>();
    for (Path file : House.filesUnder(folder, ".md")) {
      String name = String.valueOf(file.getFileName());
      if (!name.equals("README.md") && !list.contains("](" + name + ")")) {
        unlisted.add(name);
      }
    }
    return unlisted;
  }

  /** What is wrong with the README of each function. */
  List<String> badReadmes(House house) {
    List<String> bad = new ArrayList<>();
    for (String function : house.modulesIn("functions")) {
      Path file = root.resolve("functions").resolve(function).resolve("README.md");
      if (!Files.exists(file)) {
        bad.add(function + " has no README.md");
        continue;
      }
      String text = House.text(file);
      Set<String> headings = new TreeSet<>(groups(HEADING, FENCE.matcher(text).replaceAll("")));
      headings.addAll(groups(LABEL, text));
      README_HEADINGS.stream()
          .filter(heading -> !headings.contains(heading))
          .forEach(heading -> bad.add(function + " does not say: " + heading));
      if (text.lines().count() > MAX_README_LINES) {
        bad.add(function + " says more than fits on a screen");
      }
    }
    return bad;
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
