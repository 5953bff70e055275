package io.scrutin.parked;

import io.scrutin.event.EventParked;
import io.scrutin.event.VoteId;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parked show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "One parked event: what it is, without what it holds.")
final class ShowVerb implements Callable<Integer> {
  @Parameters(paramLabel = "EVENT", description = "Its number, as parked list has it.")
  private long sequence;

  @Option(names = "--json", description = "One JSON document instead of lines.")
  private boolean json;

  private final ParkedCommand.Room room;

  ShowVerb(ParkedCommand.Room room) {
    this.room = room;
  }

  @Override
  public Integer call() throws Exception {
    return room.with(
        desk -> {
          ParkedEntry entry = desk.entry(sequence, desk.entries());
          EventParked whole = desk.stream().parkedAt(entry.sequence()).orElse(entry.event());
          List<MessageLook.Trait> message = MessageLook.at(whole.message());
          if (json) {
            EntryJson.write(entry, message, room.out());
          } else {
            boolean kept = desk.stream().hasOriginal(entry.place());
            print(entry, message, kept ? "is there" : "is gone");
          }
          return ParkedCommand.DONE;
        });
  }

  private void print(ParkedEntry entry, List<MessageLook.Trait> message, String original) {
    EventParked event = entry.event();
    VoteId vote = event.voteId();
    PrintWriter out = room.out();
    line(
        "event",
        entry.sequence() + ", parked " + entry.times() + " times, last at " + entry.parkedAt());
    line("became", entry.became());
    line("binding", event.binding());
    line("reason", event.reason());
    line("vote", vote == null ? "cannot be read" : vote.toString());
    line("law", event.lawId() == null ? "cannot be read" : event.lawId());
    line("original", event.stream() + " " + event.sequence() + ", which " + original);
    line("subject", event.subject());
    line("stamped at", event.stampedAt().toString());
    message.forEach(trait -> line("message " + trait.name(), trait.value()));
    out.flush();
  }

  private void line(String name, String value) {
    room.out().printf("  %-16s %s%n", name, value);
  }
}
