package io.scrutin.parked;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parked replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Gives parked events to the binding that parked them again, with the stamp they had.",
      "Done twice it is harmless. Repair what parked them first."
    })
final class ReplayVerb implements Callable<Integer> {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "EVENT", description = "Numbers, as parked list has them.")
  private List<Long> sequences = new ArrayList<>();

  @Option(names = "--all", description = "All that are open.")
  private boolean all;

  @Option(names = "--binding", paramLabel = "NAME", description = "All open ones of this binding.")
  private @Nullable String binding;

  @Option(names = "--law", paramLabel = "LAW", description = "All open ones of this contest.")
  private @Nullable String law;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for the trigger to carry them out (30).")
  private long seconds = 30;

  private final ParkedCommand.Room room;

  ReplayVerb(ParkedCommand.Room room) {
    this.room = room;
  }

  @Override
  public Integer call() throws Exception {
    boolean selecting = all || binding != null || law != null;
    if (sequences.isEmpty() != selecting) {
      throw usage("name events, or say --all, --binding or --law");
    }
    return room.with(this::replay);
  }

  private ParameterException usage(String message) {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it before it calls");
    }
    return new ParameterException(spec.commandLine(), message);
  }

  private int replay(Desk desk)
      throws SQLException, IOException, JetStreamApiException, InterruptedException {
    List<ParkedEntry> chosen = chosen(desk);
    Set<String> published = desk.discards().published();
    List<ParkedEntry> ordered = new ArrayList<>();
    boolean refused = false;
    for (ParkedEntry entry : chosen) {
      String obstacle = obstacle(desk, entry, published);
      if (entry.fate() == Fate.REPLAYED || entry.fate() == Fate.SETTLED) {
        say(entry, entry.became() + " already: nothing to do");
      } else if (obstacle != null) {
        say(entry, obstacle);
        refused = true;
      } else {
        desk.stream().order(entry.place());
        ordered.add(entry);
      }
    }
    if (chosen.isEmpty()) {
      room.out().println("Nothing of that is open.");
    }
    return awaited(desk, ordered) && !refused ? ParkedCommand.DONE : ParkedCommand.NOT_ALL;
  }

  private List<ParkedEntry> chosen(Desk desk)
      throws SQLException, IOException, JetStreamApiException, InterruptedException {
    List<ParkedEntry> entries = desk.entries();
    List<ParkedEntry> chosen = new ArrayList<>();
    for (long sequence : sequences) {
      chosen.add(desk.entry(sequence, entries));
    }
    if (sequences.isEmpty()) {
      entries.stream()
          .filter(entry -> entry.fate() == Fate.OPEN)
          .filter(entry -> binding == null || binding.equals(entry.event().binding()))
          .filter(entry -> law == null || law.equals(entry.event().lawId()))
          .forEach(chosen::add);
    }
    return chosen;
  }

  private static @Nullable String obstacle(Desk desk, ParkedEntry entry, Set<String> published)
      throws IOException, JetStreamApiException {
    if (entry.fate() == Fate.DISCARDED) {
      return "was given up: that stands";
    }
    String law = entry.event().lawId();
    if (law != null && published.contains(law) && entry.event().stopsTheVote()) {
      return "the result of " + law + " is published: it can count no more";
    }
    return desk.stream().hasOriginal(entry.place())
        ? null
        : "its original is gone from its stream, and its stamp with it: discard it";
  }

  /** Whether all of them got through. */
  private boolean awaited(Desk desk, List<ParkedEntry> ordered)
      throws SQLException, IOException, JetStreamApiException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    List<ParkedEntry> left = new ArrayList<>(ordered);
    boolean allPassed = true;
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      for (ParkedEntry now : desk.entries()) {
        ParkedEntry before = same(left, now);
        if (before != null && now.fate() == Fate.REPLAYED) {
          say(now, "replayed");
          left.remove(before);
        } else if (before != null && now.sequence() > before.sequence()) {
          say(now, "parked again: " + now.event().reason());
          left.remove(before);
          allPassed = false;
        }
      }
      if (!left.isEmpty()) {
        Thread.sleep(LOOK_AGAIN);
      }
    }
    left.forEach(
        entry -> say(entry, "ordered, and not carried out yet: is its function there again?"));
    return allPassed && left.isEmpty();
  }

  private static @Nullable ParkedEntry same(List<ParkedEntry> left, ParkedEntry now) {
    return left.stream().filter(e -> e.place().equals(now.place())).findFirst().orElse(null);
  }

  private void say(ParkedEntry entry, String what) {
    room.out()
        .printf(
            "%d %s %s %d: %s%n",
            entry.sequence(),
            entry.event().binding(),
            entry.event().stream(),
            entry.event().sequence(),
            what);
  }
}
