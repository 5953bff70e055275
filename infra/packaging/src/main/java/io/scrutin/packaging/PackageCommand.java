package io.scrutin.packaging;

import io.scrutin.console.ProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code ./scrutin package}: makes what changed, and says what there is. */
public final class PackageCommand {
  private static final double MIB = 1024.0 * 1024;

  private final Packaging packaging;
  private final PrintWriter out;

  private PackageCommand(Packaging packaging, PrintWriter out) {
    this.packaging = packaging;
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(System.getProperty("scrutin.root", ".")).toAbsolutePath().normalize();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    try {
      Wanted wanted = Wanted.parse(root, List.of(arguments));
      new PackageCommand(new Packaging(root, wanted.out()), out).make(wanted.parcels());
    } catch (IllegalArgumentException | IOException refused) {
      System.err.println("scrutin: " + refused.getMessage());
      System.exit(2);
    }
  }

  /**
   * @param out where packages go
   */
  record Wanted(Path out, List<Parcel> parcels) {
    static Wanted parse(Path root, List<String> arguments) {
      Path out = root.resolve("dist");
      List<Parcel> parcels = new ArrayList<>();
      for (int i = 0; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        if (argument.equals("--out")) {
          if (++i == arguments.size()) {
            throw new IllegalArgumentException("--out needs a folder");
          }
          out = Path.of(arguments.get(i)).toAbsolutePath().normalize();
        } else {
          parcels.add(
              Parcels.named(argument)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "there is no " + argument + "; there are " + names())));
        }
      }
      return new Wanted(out, parcels.isEmpty() ? Parcels.ALL : List.copyOf(parcels));
    }

    private static String names() {
      return String.join(" ", Parcels.ALL.stream().map(Parcel::name).toList());
    }
  }

  private void make(List<Parcel> parcels) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    boolean terminal = ProgressBar.isTerminal(System.getenv());
    try (ProgressBar bar = new ProgressBar(out, terminal, "packages", parcels.size())) {
      bar.advance(0);
      for (Parcel parcel : parcels) {
        lines.add(make(parcel));
        bar.advance(1);
      }
    }
    lines.forEach(out::println);
  }

  private String make(Parcel parcel) throws IOException, InterruptedException {
    if (packaging.isCurrent(parcel)) {
      return line(parcel, "unchanged");
    }
    Path draft = packaging.draft(parcel);
    String start =
        switch (parcel.kind()) {
          case SERVER -> "first answer after " + train(draft) + " ms";
          case JOB -> "a job, without a cache";
        };
    packaging.finish(parcel, draft);
    return line(parcel, start);
  }

  /** By the script that an image is built with. */
  private static String train(Path folder) throws IOException, InterruptedException {
    Process train =
        new ProcessBuilder(folder.resolve("train").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(train.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (train.waitFor() != 0) {
      throw new IOException("the cache of " + folder + " could not be trained");
    }
    return said.strip();
  }

  private String line(Parcel parcel, String what) throws IOException {
    Path folder = packaging.folder(parcel);
    return String.format(
        Locale.ROOT,
        "  %-10s %6.1f MiB, of it %5.1f MiB cache; %s",
        parcel.name(),
        size(folder) / MIB,
        size(folder.resolve("app.aot")) / MIB,
        what);
  }

  private static long size(Path path) throws IOException {
    if (!Files.exists(path)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
