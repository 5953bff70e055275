package io.scrutin.parked;

import io.scrutin.console.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parked list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Each parked event, and what became of it.")
final class ListVerb implements Callable<Integer> {
  @Option(names = "--open", description = "Those that wait for a person only.")
  private boolean open;

  @Option(names = "--binding", paramLabel = "NAME", description = "Of this binding only.")
  private @Nullable String binding;

  @Option(names = "--law", paramLabel = "LAW", description = "Of this contest only.")
  private @Nullable String law;

  @Option(names = "--json", description = "One JSON document instead of a table.")
  private boolean json;

  private final ParkedCommand.Room room;

  ListVerb(ParkedCommand.Room room) {
    this.room = room;
  }

  @Override
  public Integer call() throws Exception {
    return room.with(
        desk -> {
          List<ParkedEntry> entries = desk.entries().stream().filter(this::isAsked).toList();
          if (json) {
            EntryJson.write(entries, room.out());
          } else {
            print(entries);
          }
          return ParkedCommand.DONE;
        });
  }

  private boolean isAsked(ParkedEntry entry) {
    return (!open || entry.fate() == Fate.OPEN)
        && (binding == null || binding.equals(entry.event().binding()))
        && (law == null || law.equals(entry.event().lawId()));
  }

  private void print(List<ParkedEntry> entries) {
    if (entries.isEmpty()) {
      room.out().println("Nothing is parked.");
      return;
    }
    TextTable table =
        new TextTable("event", "parked at", "binding", "original", "vote", "became", "reason");
    for (ParkedEntry entry : entries) {
      table.row(
          Long.toString(entry.sequence()),
          entry.parkedAt(),
          entry.event().binding(),
          entry.event().stream() + " " + entry.event().sequence(),
          entry.event().voteId() == null ? "-" : entry.event().voteId().toString(),
          entry.became(),
          entry.event().reason());
    }
    table.print(room.out());
    long waiting = entries.stream().filter(entry -> entry.fate() == Fate.OPEN).count();
    room.out().printf("%n%d parked, %d open%n", entries.size(), waiting);
  }
}
