package io.scrutin.packaging;

import java.io.IOException;
import java.nio.file.Path;

/** Packages without caches: laying them out takes moments, training them minutes. */
final class Laid {
  static final Path ROOT = Path.of(System.getProperty("scrutin.root", "../.."));

  private Laid() {}

  static Path out(Path dir, Parcel parcel) throws IOException {
    Packaging packaging = new Packaging(ROOT, dir);
    packaging.finish(parcel, packaging.draft(parcel));
    return packaging.folder(parcel);
  }

  static Parcel parcel(String name) {
    return Parcels.named(name).orElseThrow();
  }
}
