package io.scrutin.contests;

import io.scrutin.contests.ContestDraft.ChoiceDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** A contest written down in YAML, of which JSON is a part. */
final class ContestFile {
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  private static final Set<String> FIELDS =
      Set.of(
          "law",
          "title",
          "question",
          "choices",
          "opens",
          "closes",
          "policy",
          "group-size",
          "tag-scheme");

  /** It is not a contest, in a way that a person can put right. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Every plain word is a text: a choice may be called no, which YAML 1.1 takes for false. */
  private static final class TextsOnly extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      // None.
    }
  }

  private ContestFile() {}

  static ContestDraft read(String text) throws Unreadable {
    Map<?, ?> file = map("the file", load(text));
    Set<String> unknown = new TreeSet<>();
    file.keySet().stream()
        .map(String::valueOf)
        .filter(name -> !FIELDS.contains(name))
        .forEach(unknown::add);
    if (!unknown.isEmpty()) {
      throw new Unreadable("unknown: " + String.join(", ", unknown));
    }
    Map<?, ?> title = map("title", file.get("title"));
    Map<?, ?> question = map("question", file.get("question"));
    return new ContestDraft(
        text(file, "law"),
        text(title, "fr"),
        text(title, "en"),
        text(question, "fr"),
        text(question, "en"),
        choices(file.get("choices")),
        text(file, "opens"),
        text(file, "closes"),
        text(file, "policy"),
        text(file, "group-size"),
        text(file, "tag-scheme"),
        false);
  }

  private static @Nullable Object load(String text) throws Unreadable {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_CHARACTERS);
    limits.setAllowDuplicateKeys(false);
    DumperOptions unused = new DumperOptions();
    Yaml yaml =
        new Yaml(
            new SafeConstructor(limits), new Representer(unused), unused, limits, new TextsOnly());
    try {
      return yaml.load(text);
    } catch (YAMLException malformed) {
      throw new Unreadable("it is neither YAML nor JSON: " + malformed.getMessage());
    }
  }

  private static List<ChoiceDraft> choices(@Nullable Object written) throws Unreadable {
    if (written == null) {
      return List.of();
    }
    if (!(written instanceof List<?> list)) {
      throw new Unreadable("choices: a list is expected");
    }
    List<ChoiceDraft> choices = new ArrayList<>();
    for (Object one : list) {
      Map<?, ?> choice = map("choices", one);
      choices.add(new ChoiceDraft(text(choice, "id"), text(choice, "fr"), text(choice, "en")));
    }
    return choices;
  }

  private static Map<?, ?> map(String name, @Nullable Object value) throws Unreadable {
    return switch (value) {
      case null -> Map.of();
      case Map<?, ?> map -> map;
      case Object _ -> throw new Unreadable(name + ": fields are expected");
    };
  }

  private static @Nullable String text(Map<?, ?> map, String name) throws Unreadable {
    return switch (map.get(name)) {
      case null -> null;
      case String text -> text;
      case Object _ -> throw new Unreadable(name + ": a text is expected");
    };
  }
}
