package io.scrutin.chaos;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A small disk for each server, in memory, so that it can be filled without harm to others. */
final class Disks implements AutoCloseable {
  /**
   * Memory is only taken by what is written. The broker promises its streams three quarters of its
   * disk.
   */
  private static final Map<Store, Integer> MEGABYTES =
      new EnumMap<>(Map.of(Store.BROKER, 16_384, Store.REDIS, 1_024, Store.POSTGRES, 8_192));

  private final Map<Store, Path> mounted = new EnumMap<>(Store.class);

  private Disks() {}

  static Disks none() {
    return new Disks();
  }

  /** Whoever may not mount has none of them. */
  static Disks mount(Path dir) throws IOException, InterruptedException {
    Disks disks = new Disks();
    for (Store store : Store.values()) {
      Path folder = Files.createDirectories(folder(dir, store));
      if (!run("mount", "-t", "tmpfs", "-o", size(store), "scrutin-chaos", folder.toString())) {
        disks.close();
        return disks;
      }
      disks.mounted.put(store, folder);
    }
    return disks;
  }

  static Path folder(Path dir, Store store) {
    return dir.resolve("disks").resolve(store.server());
  }

  boolean areThere() {
    return !mounted.isEmpty();
  }

  Path of(Store store, Path otherwise) {
    return mounted.getOrDefault(store, otherwise);
  }

  private static String size(Store store) {
    return "size=" + MEGABYTES.get(store) + "m";
  }

  /** The disk shrinks to what is on it. */
  void fill(Store store) throws IOException, InterruptedException {
    Path folder = folder(store);
    FileStore disk = Files.getFileStore(folder);
    resize(folder, "size=" + (disk.getTotalSpace() - disk.getUnallocatedSpace()));
  }

  void free(Store store) throws IOException, InterruptedException {
    resize(folder(store), size(store));
  }

  private Path folder(Store store) {
    Path folder = mounted.get(store);
    if (folder == null) {
      throw new IllegalStateException(store.server() + " has no disk of its own");
    }
    return folder;
  }

  /** Refused while more is written than there was a moment ago, and tried again then. */
  private static void resize(Path folder, String size) throws IOException, InterruptedException {
    if (!run("mount", "-o", "remount," + size, folder.toString())) {
      throw new IOException("the disk " + folder + " does not take another size");
    }
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
      Path folder = folder(dir, store);
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
