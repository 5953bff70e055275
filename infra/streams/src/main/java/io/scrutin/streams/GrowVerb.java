package io.scrutin.streams;

import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;
import io.scrutin.broker.StreamSizes;
import io.scrutin.broker.Streams;
import io.scrutin.event.StreamName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code streams grow}: all of them together, as what follows from a cast needs room, too. */
@Command(
    name = "grow",
    mixinStandardHelpOptions = true,
    description = "Gives all streams the room that so many voters need; never less than they have.")
final class GrowVerb implements Callable<Integer> {
  private static final long MOST_VOTERS = 1_000_000_000;

  @Option(
      names = "--voters",
      required = true,
      paramLabel = "N",
      description = "As if the roll had so many: each is 2 KiB of casts.")
  private long voters;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final StreamsCommand.Room room;

  GrowVerb(StreamsCommand.Room room) {
    this.room = room;
  }

  @Override
  public Integer call() throws Exception {
    if (voters < 1 || voters > MOST_VOTERS) {
      throw new ParameterException(spec.commandLine(), "--voters is 1 to " + MOST_VOTERS);
    }
    return room.work(
        (broker, environment) -> {
          JetStreamManagement management = broker.jetStreamManagement();
          String casts = StreamName.CASTS.in(environment);
          StreamConfiguration now = management.getStreamInfo(casts).getConfiguration();
          StreamSizes sizes = StreamSizes.forRoll(voters, now.getReplicas());
          if (sizes.castsBytes() < now.getMaxBytes()) {
            room.err()
                .printf(
                    "%s has room for %,d bytes already: say more voters%n",
                    casts, now.getMaxBytes());
            return StreamsCommand.NOT_ALL;
          }
          Streams.declare(broker, environment, sizes);
          room.out()
              .printf(
                  "%s has room for %,d bytes, and all streams for %,d on each broker%n",
                  casts, sizes.castsBytes(), sizes.reservedBytes());
          return StreamsCommand.DONE;
        });
  }
}
