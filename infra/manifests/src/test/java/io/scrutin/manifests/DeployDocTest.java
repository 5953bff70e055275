package io.scrutin.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/deploy.md tells one to type is there to be typed. */
final class DeployDocTest {
  private static final Pattern FENCE = Pattern.compile("(?s)```sh\\n(.*?)```");
  private static final Pattern OWN_PATH =
      Pattern.compile("(?<![\\w/.-])(?:knative|infra)/[\\w./$-]+(?<![./])");
  private static final Pattern OWN_COMMAND = Pattern.compile("\\./scrutin ([a-z]+)(?: ([a-z]+))?");
  private static final Pattern FLAG = Pattern.compile("(?<= )--[a-z][a-z-]+");
  private static final Pattern SECRET = Pattern.compile("create secret \\w+ ([a-z-]+)");
  private static final Pattern JOB =
      Pattern.compile("(?:job|cronjob|deployment|configmap)/([a-z]+)");

  private final List<String> commands;

  DeployDocTest() throws IOException {
    String text = Files.readString(PlantedTree.CHECKOUT.resolve("docs/deploy.md"));
    commands =
        FENCE
            .matcher(text)
            .results()
            .flatMap(fence -> fence.group(1).replace("\\\n", " ").lines())
            .toList();
  }

  private Stream<MatchResult> all(Pattern pattern) {
    return commands.stream().flatMap(line -> pattern.matcher(line).results());
  }

  @Test
  void everyFileAndFolderOfOursIsThere() {
    List<String> paths = all(OWN_PATH).map(MatchResult::group).distinct().toList();
    assertThat(paths).hasSizeGreaterThan(5);
    for (String path : paths) {
      for (String overlay : List.of("production", "staging")) {
        if (!path.startsWith("infra/compose/secrets")) {
          assertThat(PlantedTree.CHECKOUT.resolve(path.replace("$overlay", overlay))).exists();
        }
      }
    }
  }

  @Test
  void everyCommandOfOursHasTheFlagsThatAreNamed() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String folder : List.of("functions/contests", "hashgen-job")) {
      try (Stream<Path> files =
          Files.walk(PlantedTree.CHECKOUT.resolve(folder).resolve("src/main/java"))) {
        for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
          sources.append(Files.readString(file));
        }
      }
    }
    String script = Files.readString(PlantedTree.CHECKOUT.resolve("scrutin"));
    for (String line : commands) {
      for (MatchResult command : OWN_COMMAND.matcher(line).results().toList()) {
        assertThat(script).contains(command.group(1));
        if (line.startsWith("./scrutin")) {
          FLAG.matcher(line)
              .results()
              .forEach(flag -> assertThat(sources).contains("\"" + flag.group() + "\""));
        }
      }
    }
  }

  @Test
  void everySecretIsMadeAndEverythingNamedExists() throws Exception {
    Tree tree = Tree.of(PlantedTree.ROOT);
    TreeSet<String> made = new TreeSet<>();
    all(SECRET).forEach(match -> made.add(match.group(1)));
    String roles =
        commands.stream().filter(line -> line.startsWith("for role in")).findFirst().orElseThrow();
    made.remove("postgres-");
    Pattern.compile("[a-z]+")
        .matcher(roles.substring("for role in".length(), roles.indexOf(';')))
        .results()
        .forEach(role -> made.add("postgres-" + role.group()));
    assertThat(made)
        .containsExactlyInAnyOrderElementsOf(tree.secrets().stream().map(Secret::name).toList());
    List<String> names =
        new Overlays(tree, PlantedTree.PROGRAM)
            .documents("local").stream().map(Document::name).toList();
    all(JOB)
        .map(match -> match.group(1))
        .filter(name -> !name.startsWith("config") && !name.startsWith("load"))
        .forEach(name -> assertThat(names).contains(name));
  }

  @Test
  void thePodThatTakesTheRollHasNoFieldThatNobodyKnows() throws Exception {
    Document pod =
        new Document(
            "rolls-door.yaml",
            Map.copyOf(
                Document.asMap(Yaml.read(PlantedTree.ROOT.resolve("rolls-door.yaml")).getFirst())));
    assertThat(new TypedModels().faults(pod, pod.content(), Pod.class)).isEmpty();
  }
}
