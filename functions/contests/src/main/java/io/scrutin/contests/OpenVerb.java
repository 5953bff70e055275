package io.scrutin.contests;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code contest open}. */
@Command(
    name = "open",
    description = "Announce a contest. It takes votes from its opening on; nothing in it changes.")
final class OpenVerb implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "LAW")
  private String law = "";

  OpenVerb(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() throws Exception {
    Change change = desk.book().change(law, ChangeContest::open);
    return switch (change) {
      case Change.Done done -> {
        desk.say(
            "Opened %s: it takes votes from %s until %s."
                .formatted(law, done.row().contest().opensAt(), done.row().contest().closesAt()));
        if (!new FiguresTables(desk.database()).read(law).rollComplete()) {
          warn();
        }
        desk.announce();
        yield Desk.DONE;
      }
      case Change.NothingToDo _ -> {
        desk.say(law + " is open already: nothing to do.");
        desk.announce();
        yield Desk.DONE;
      }
      case Change.Refused refused -> desk.refuse(refused);
    };
  }

  /** Nobody is refused meanwhile, and what waits fills the places that all contests share. */
  private void warn() {
    desk.say("Warning: its roll is not loaded to the end. Until it is, its votes wait, and ten");
    desk.say("thousand of them hold up every other contest. Load it now: docs/runbook/roll.md.");
  }
}
