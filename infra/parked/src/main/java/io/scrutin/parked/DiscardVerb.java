package io.scrutin.parked;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parked discard}. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description = {
      "Gives parked events up, for good: a vote among them will not count. Its voter may vote again"
          + " while voting is open.",
      "Who did it and why is kept, and everybody may read it: put in neither a NAS nor anything else"
          + " about a voter."
    })
final class DiscardVerb implements Callable<Integer> {
  private static final int MOST_REASON = 500;
  private static final int MOST_NAME = 80;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "EVENT",
      description = "Numbers, as parked list has them.")
  private List<Long> sequences = new ArrayList<>();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; one line, 500 characters.")
  private String reason = "";

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who decided.")
  private String author = "";

  private final ParkedCommand.Room room;

  DiscardVerb(ParkedCommand.Room room) {
    this.room = room;
  }

  @Override
  public Integer call() throws Exception {
    checkLine("--reason", reason.strip(), MOST_REASON);
    checkLine("--by", author.strip(), MOST_NAME);
    return room.with(
        desk -> {
          List<ParkedEntry> entries = desk.entries();
          List<ParkedEntry> chosen = new ArrayList<>();
          // All of them are looked up before any is written.
          for (long sequence : sequences) {
            chosen.add(desk.entry(sequence, entries));
          }
          boolean all = true;
          for (ParkedEntry entry : chosen) {
            all &= discard(desk, entry);
          }
          return all ? ParkedCommand.DONE : ParkedCommand.NOT_ALL;
        });
  }

  private void checkLine(String option, String text, int most) {
    if (text.isEmpty() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
      if (spec == null) {
        throw new IllegalStateException("picocli sets it before it calls");
      }
      throw new ParameterException(
          spec.commandLine(), option + " is one line of 1 to " + most + " characters");
    }
  }

  /** Whether it is given up, now or before. */
  private boolean discard(Desk desk, ParkedEntry entry) throws SQLException {
    return switch (entry.fate()) {
      case REPLAYED, SETTLED -> {
        room.out()
            .println(entry.sequence() + " is " + entry.became() + ": there is nothing to discard");
        yield false;
      }
      case DISCARDED -> {
        room.out().println(entry.sequence() + " is discarded already: nothing to write");
        yield true;
      }
      case OPEN, ORDERED -> {
        boolean fresh = desk.discards().add(entry.event(), reason.strip(), author.strip());
        room.out()
            .println(
                entry.sequence()
                    + (fresh
                        ? " is discarded by " + author.strip() + "."
                        : " is discarded already: nothing to write"));
        yield true;
      }
    };
  }
}
