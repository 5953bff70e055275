package io.scrutin.simulation;

import io.scrutin.console.ProgressBar;
import io.scrutin.console.ScrutinCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code ./scrutin simulate}: elections under faults, each from one seed, in simulated time. */
public final class SimulateCommand implements ScrutinCommand {
  private static final String USAGE =
      """
      Usage: scrutin simulate [--seeds N] [--from S] [--seconds T] [--threads N]

        Runs N elections (100), of the seeds from S (1) on, over simulated servers that fail. Each
        is checked once it is healed and drained. A seed that fails prints the command that
        repeats it. After T seconds no other seed is begun.
      """;

  private static final long DEFAULT_SEEDS = 100;
  private static final int MOST_SHOWN = 20;

  public static void main(String[] arguments) {
    ScrutinCommand.main(new SimulateCommand(), arguments);
  }

  private record Asked(long seeds, long from, int threads, Duration longest) {
    static Asked of(List<String> arguments) {
      long seeds = DEFAULT_SEEDS;
      long from = 1;
      Duration longest = Duration.ofDays(1);
      int threads = Runtime.getRuntime().availableProcessors();
      for (int i = 0; i < arguments.size(); i += 2) {
        if (i + 1 == arguments.size()) {
          throw new IllegalArgumentException(arguments.get(i) + " needs a number");
        }
        long number = Long.parseLong(arguments.get(i + 1));
        switch (arguments.get(i)) {
          case "--seeds" -> seeds = number;
          case "--from" -> from = number;
          case "--seconds" -> longest = Duration.ofSeconds(number);
          case "--threads" -> threads = Math.toIntExact(number);
          default -> throw new IllegalArgumentException("there is no " + arguments.get(i));
        }
      }
      if (seeds < 1 || threads < 1) {
        throw new IllegalArgumentException("at least one");
      }
      return new Asked(seeds, from, threads, longest);
    }
  }

  @Override
  public int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    if (arguments.contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    try {
      return run(Asked.of(arguments), ProgressBar.isTerminal(environment), out);
    } catch (IllegalArgumentException wrong) {
      err.println("scrutin simulate: " + wrong.getMessage());
      err.print(USAGE);
      return 2;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static int run(Asked asked, boolean terminal, PrintWriter out)
      throws IOException, InterruptedException {
    Path keys = Files.createTempDirectory("scrutin-simulation");
    try (ProgressBar bar = new ProgressBar(out, terminal, "simulate", asked.seeds())) {
      Campaign campaign = new Campaign(Election.in(keys));
      campaign.run(
          asked.from(), asked.seeds(), asked.threads(), asked.longest(), _ -> bar.advance(1));
      return report(campaign, out);
    } finally {
      remove(keys);
    }
  }

  private static int report(Campaign campaign, PrintWriter out) {
    out.println();
    out.printf(
        Locale.ROOT,
        "%d seeds, %d votes sent, %d crashes at %d points%n",
        campaign.seeds(),
        campaign.votes(),
        campaign.coverage().crashes(),
        CrashPoints.ALL.size());
    out.printf(
        Locale.ROOT,
        "lost tails took %d casts, and all word of %d recorded votes%n",
        campaign.lostTail(),
        campaign.untold());
    out.println("faults: " + campaign.faults());
    campaign.failures().entrySet().stream()
        .limit(MOST_SHOWN)
        .forEach(
            failed ->
                out.printf(
                    "FAILED %s%n  again: ./scrutin simulate --seeds 1 --from %d%n",
                    failed.getValue(), failed.getKey()));
    List<String> missed = campaign.missed();
    missed.forEach(point -> out.println("CRASH POINT MISSED " + point));
    return campaign.failures().isEmpty() && missed.isEmpty() ? 0 : 1;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
