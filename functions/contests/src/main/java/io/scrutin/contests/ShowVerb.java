package io.scrutin.contests;

import io.scrutin.event.Contest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contest show}. */
@Command(name = "show", description = "A contest as it stands.")
final class ShowVerb implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "LAW")
  private String law = "";

  @Option(names = "--json")
  private boolean asJson;

  ShowVerb(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() throws Exception {
    Optional<ContestRow> row = desk.book().find(law);
    if (row.isEmpty()) {
      return desk.refuse(
          Desk.REFUSED,
          List.of("there is no contest of this law: ./scrutin contest list shows them all"));
    }
    if (asJson) {
      desk.say(ListVerb.json(desk, row.get()));
    } else {
      print(row.get());
    }
    return Desk.DONE;
  }

  private void print(ContestRow row) {
    Contest contest = row.contest();
    desk.say(contest.lawId() + "  " + row.state().code());
    desk.say("  title     " + contest.title().fr());
    desk.say("            " + contest.title().en());
    desk.say("  question  " + contest.question().fr());
    desk.say("            " + contest.question().en());
    for (Contest.Choice choice : contest.choices()) {
      desk.say(
          "  choice    %s  %s | %s"
              .formatted(choice.id(), choice.label().fr(), choice.label().en()));
    }
    desk.say("  opens     " + contest.opensAt());
    desk.say("  closes    " + contest.closesAt());
    desk.say(
        "  counts    %s, opened in groups of %d"
            .formatted(ListVerb.policy(contest), contest.policy().groupSize()));
    desk.say("  key       " + contest.ballotKey().keyId());
    desk.say("  tags      " + contest.tagScheme());
  }
}
