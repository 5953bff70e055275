package io.scrutin.harness;

import io.scrutin.harness.Workbench.Ran;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./scrutin verify-harness}: plants each bug in a copy, and sees which instrument finds it.
 */
public final class HarnessCommand {
  private static final int REFUSED = 2;

  /** A build of what a bug changed, on a slow machine, and the servers' start. */
  private static final Duration BESIDES = Duration.ofMinutes(20);

  private static final long FEW = 20;
  private static final String PATCHES = "infra/harness/patches";
  static final String PAGE = "docs/verification.md";

  /** The product itself: an instrument that finds a bug there finds nothing elsewhere. */
  static final String CONTROL = "nothing";

  private final Path root;
  private final Wanted wanted;
  private final PrintWriter out;

  private HarnessCommand(Path root, Wanted wanted, PrintWriter out) {
    this.root = root;
    this.wanted = wanted;
    this.out = out;
  }

  /**
   * @param patches the reader's own, or some of the repository's; without any all that it has
   * @param seeds for the simulation at most
   * @param seconds for chaos
   * @param write whether the page gets each row as soon as it is known
   */
  record Wanted(List<Path> patches, long seeds, long seconds, boolean write) {
    Wanted {
      if (seeds < 1 || seconds < 1) {
        throw new IllegalArgumentException("--seeds and --seconds are at least 1");
      }
    }

    static Wanted parse(List<String> arguments) {
      Wanted wanted = new Wanted(List.of(), 300, 60, false);
      for (int i = 0; i < arguments.size(); i++) {
        String name = arguments.get(i);
        if (name.equals("--write")) {
          wanted = new Wanted(wanted.patches, wanted.seeds, wanted.seconds, true);
          continue;
        }
        if (++i == arguments.size()) {
          throw new IllegalArgumentException(name + " needs a value");
        }
        String value = arguments.get(i);
        wanted =
            switch (name) {
              case "--patch" ->
                  new Wanted(
                      with(wanted.patches, Path.of(value).toAbsolutePath()),
                      wanted.seeds,
                      wanted.seconds,
                      wanted.write);
              case "--seeds" ->
                  new Wanted(wanted.patches, Long.parseLong(value), wanted.seconds, wanted.write);
              case "--seconds" ->
                  new Wanted(wanted.patches, wanted.seeds, Long.parseLong(value), wanted.write);
              case String _ ->
                  throw new IllegalArgumentException(
                      "there is no " + name + "; there are --patch --seeds --seconds --write");
            };
      }
      return wanted;
    }

    private static List<Path> with(List<Path> patches, Path another) {
      List<Path> all = new ArrayList<>(patches);
      all.add(another);
      return List.copyOf(all);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(System.getProperty("scrutin.root", ".")).toAbsolutePath().normalize();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    int status;
    try {
      status = new HarnessCommand(root, Wanted.parse(List.of(arguments)), out).run();
    } catch (IllegalArgumentException | IOException refused) {
      System.err.println("scrutin: " + refused.getMessage());
      status = REFUSED;
    }
    System.exit(status);
  }

  private int run() throws IOException, InterruptedException {
    List<Plant> plants = plants();
    Path copy = Files.createTempDirectory("scrutin-harness");
    out.println("a copy of this product, to plant bugs in: " + copy);
    Workbench bench = Workbench.of(root, copy);
    Tried control = tell(tried(bench, CONTROL, "the product as it is"));
    List<Tried> planted = new ArrayList<>();
    for (Plant plant : plants) {
      planted.add(tell(tried(bench, plant)));
    }
    return judge(control, planted);
  }

  private List<Plant> plants() throws IOException {
    if (wanted.patches().isEmpty()) {
      return Plant.in(root.resolve(PATCHES));
    }
    List<Plant> plants = new ArrayList<>();
    for (Path patch : wanted.patches()) {
      plants.add(Plant.read(patch));
    }
    for (Plant plant : plants) {
      if (wanted.write() && !rows().contains(plant.name())) {
        throw new IllegalArgumentException(
            plant.name() + " has no row in the page: --write is for those of " + PATCHES);
      }
    }
    return plants;
  }

  private List<String> rows() throws IOException {
    List<String> names = new ArrayList<>(List.of(CONTROL));
    Plant.in(root.resolve(PATCHES)).forEach(plant -> names.add(plant.name()));
    return names;
  }

  private Tried tell(Tried tried) throws IOException {
    out.println(WriteTable.row(tried));
    if (wanted.write()) {
      Path page = root.resolve(PAGE);
      Files.writeString(page, WriteTable.into(Files.readString(page), tried, rows()));
    }
    return tried;
  }

  private int judge(Tried control, List<Tried> planted) {
    List<String> gaps = planted.stream().filter(row -> !row.isCaught()).map(Tried::name).toList();
    if (!control.isClean()) {
      out.println("The instruments find something in the product itself: they prove nothing.");
      return 1;
    }
    out.println(gaps.isEmpty() ? "Each planted bug was caught." : "NOT caught: " + gaps);
    return gaps.isEmpty() ? 0 : 1;
  }

  private Tried tried(Workbench bench, Plant plant) throws IOException, InterruptedException {
    if (!bench.plant(plant.patch())) {
      Finding unfit = new Finding.Unfit("the patch does not apply");
      return new Tried(plant.name(), plant.bug(), unfit, unfit);
    }
    try {
      return tried(bench, plant.name(), plant.bug());
    } finally {
      bench.pull();
    }
  }

  private Tried tried(Workbench bench, String name, String bug)
      throws IOException, InterruptedException {
    Finding simulation = simulated(bench);
    Ran stirred =
        bench.scrutin(
            List.of("chaos", "--seconds", "" + wanted.seconds(), "--seed", "1", "--json"),
            BESIDES.plusSeconds(2 * wanted.seconds()));
    return new Tried(name, bug, simulation, Finding.ofChaos(stirred.status(), stirred.took()));
  }

  /** A few seeds find most bugs: the many come only when the few found nothing. */
  private Finding simulated(Workbench bench) throws IOException, InterruptedException {
    long tried = 0;
    for (long next = FEW; tried < wanted.seeds(); next *= 3) {
      long seeds = Math.min(next, wanted.seeds() - tried);
      Ran ran =
          bench.scrutin(
              List.of("simulate", "--seeds", "" + seeds, "--from", "" + (tried + 1)),
              BESIDES.plusSeconds(seeds));
      Finding finding = Finding.ofSimulation(ran.status(), ran.lines(), 1, seeds);
      if (!(finding instanceof Finding.Missed)) {
        return finding;
      }
      tried += seeds;
    }
    return new Finding.Missed("%,d seeds".formatted(tried));
  }
}
