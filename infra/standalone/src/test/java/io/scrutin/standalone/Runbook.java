package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.console.ScrutinCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the runbook, whose commands are carried out word for word. */
final class Runbook {
  /** What a command said, and how it ended. */
  record Said(int status, String text) {
    Said well() {
      assertThat(status).as(text).isZero();
      return this;
    }
  }

  private static final Path ROOT = Path.of(System.getProperty("scrutin.root"));
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private final List<String> commands;
  private final Path dir;
  private final Map<String, String> surroundings;

  /**
   * @param dir of the system, which a page calls {@code .scrutin}
   */
  Runbook(String page, Path dir, Map<String, String> surroundings) throws IOException {
    String text = Files.readString(ROOT.resolve("docs").resolve("runbook").resolve(page));
    List<MatchResult> blocks = BLOCK.matcher(text.replaceAll("(?m)^ +", "")).results().toList();
    this.commands =
        blocks.stream()
            .flatMap(block -> block.group(1).replace("\\\n", "").lines())
            .filter(line -> !line.isBlank())
            .toList();
    this.dir = dir;
    this.surroundings = surroundings;
  }

  /**
   * @param begin of the one command that is meant
   * @param places what the page writes in capitals, and what that is here
   */
  Said run(String begin, Map<String, String> places) throws IOException, InterruptedException {
    String command = command(begin, places);
    return command.startsWith("./scrutin ") ? here(words(command)) : shell(command);
  }

  /** For whoever runs it in another way. */
  List<String> words(String begin, Map<String, String> places) {
    return words(command(begin, places));
  }

  private String command(String begin, Map<String, String> places) {
    List<String> found = commands.stream().filter(line -> line.startsWith(begin)).toList();
    assertThat(found).as(begin).hasSize(1);
    String command = found.getFirst();
    for (Map.Entry<String, String> place : places.entrySet()) {
      assertThat(command).contains(place.getKey());
      command = command.replace(place.getKey(), place.getValue());
    }
    return command;
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  /** In this process, as the system's folder is. */
  Said here(List<String> words) {
    ScrutinCommand known = Objects.requireNonNull(Main.COMMANDS.get(words.get(1)), words.get(1));
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int status = known.run(words.subList(2, words.size()), surroundings, out, out);
    return new Said(status, text.toString());
  }

  private Said shell(String command) throws IOException, InterruptedException {
    Path said = Files.createTempFile(dir, "runbook", ".out");
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", command.replace(".scrutin/", dir + "/"))
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    shell.environment().put("SCRUTIN_DIR", dir.toString());
    int status = shell.start().waitFor();
    return new Said(status, Files.readString(said));
  }
}
