package io.scrutin.harness;

/**
 * A product, and what both instruments say of it.
 *
 * @param name of the plant
 */
record Tried(String name, String bug, Finding simulation, Finding chaos) {
  boolean isCaught() {
    return simulation instanceof Finding.Caught || chaos instanceof Finding.Caught;
  }

  boolean isClean() {
    return simulation instanceof Finding.Missed && chaos instanceof Finding.Missed;
  }
}
