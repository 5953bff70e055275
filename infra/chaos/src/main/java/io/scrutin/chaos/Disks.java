package io.scrutin.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A small disk for each server, in memory, so that it can be filled without harm to others. */
final class Disks implements AutoCloseable {
  /** The broker promises its streams three quarters of its disk, and they want one gigabyte. */
  private static final Map<Store, Integer> MEGABYTES =
      new EnumMap<>(Map.of(Store.BROKER, 2_048, Store.REDIS, 128, Store.POSTGRES, 1_024));

  private static final int CHUNK_BYTES = 1 << 20;
  private static final String FILLER = "filler";

  private final Map<Store, Path> mounted = new EnumMap<>(Store.class);

  private Disks() {}

  static Disks none() {
    return new Disks();
  }

  /** Whoever may not mount has none of them. */
  static Disks mount(Path dir) throws IOException, InterruptedException {
    Disks disks = new Disks();
    for (Store store : Store.values()) {
      Path folder = Files.createDirectories(dir.resolve("disks").resolve(store.server()));
      String size = "size=" + MEGABYTES.get(store) + "m";
      if (!run("mount", "-t", "tmpfs", "-o", size, "scrutin-chaos", folder.toString())) {
        disks.close();
        return disks;
      }
      disks.mounted.put(store, folder);
    }
    return disks;
  }

  boolean areThere() {
    return !mounted.isEmpty();
  }

  Path of(Store store, Path otherwise) {
    return mounted.getOrDefault(store, otherwise);
  }

  /** Until there is no byte left. */
  void fill(Store store) throws IOException {
    Path filler = filler(store);
    byte[] chunk = new byte[CHUNK_BYTES];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (Files.getFileStore(filler).getUsableSpace() > 0) {
        out.write(chunk);
      }
    } catch (IOException full) {
      if (Files.getFileStore(filler).getUsableSpace() > CHUNK_BYTES) {
        throw full;
      }
    }
  }

  void free(Store store) throws IOException {
    Files.deleteIfExists(filler(store));
  }

  private Path filler(Store store) {
    return mounted.getOrDefault(store, Path.of("")).resolve(FILLER);
  }

  /** Once their servers are gone, whose last files may still be on their way out. */
  @Override
  public void close() throws IOException, InterruptedException {
    for (Path folder : mounted.values()) {
      detach(folder);
    }
    mounted.clear();
  }

  /** Those of a chaos that was killed: a folder that something is mounted on cannot be removed. */
  static void detachLeft(Path dir) throws IOException, InterruptedException {
    for (Store store : Store.values()) {
      Path folder = dir.resolve("disks").resolve(store.server());
      if (Files.isDirectory(folder)) {
        detach(folder);
      }
    }
  }

  /** Fails where nothing is mounted, which is as good. */
  private static void detach(Path folder) throws IOException, InterruptedException {
    run("umount", "-l", folder.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException noSuchProgram) {
      return false;
    }
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
