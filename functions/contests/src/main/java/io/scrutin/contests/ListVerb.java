package io.scrutin.contests;

import io.scrutin.console.TextTable;
import io.scrutin.event.Contest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code contest list}. */
@Command(name = "list", description = "All contests, drafts included.")
final class ListVerb implements Callable<Integer> {
  private final Desk desk;

  @Option(names = "--json")
  private boolean asJson;

  ListVerb(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() throws Exception {
    List<ContestRow> rows = desk.book().all();
    if (asJson) {
      desk.say(
          rows.stream().map(row -> json(desk, row)).collect(Collectors.joining(",\n", "[", "]")));
      return Desk.DONE;
    }
    if (rows.isEmpty()) {
      desk.say("No contest yet. ./scrutin contest create makes one.");
      return Desk.DONE;
    }
    TextTable table = new TextTable("law", "state", "opens", "closes", "counts", "choices");
    for (ContestRow row : rows) {
      Contest contest = row.contest();
      table.row(
          contest.lawId(),
          row.state().code(),
          contest.opensAt(),
          contest.closesAt(),
          policy(contest),
          contest.choices().size());
    }
    table.print(desk.out());
    return Desk.DONE;
  }

  static String policy(Contest contest) {
    return switch (contest.policy().visibility()) {
      case LIVE -> "live";
      case AT_CLOSE -> "at-close";
    };
  }

  static String json(Desk desk, ContestRow row) {
    return "{\"state\":\"%s\",\"contest\":%s}"
        .formatted(row.state().code(), desk.codec().contestJson(row.contest()));
  }
}
