package io.scrutin.tally;

/**
 * How many envelopes are opened together.
 *
 * @param smallest with fewer of them nothing is opened
 * @param largest as many as one transaction takes
 * @param leastLeft what is left behind is nothing or this many; less than that goes with the group,
 *     however large it is
 */
record GroupSize(int smallest, int largest, int leastLeft) {
  GroupSize {
    if (smallest < 1 || largest < smallest || leastLeft < 0) {
      throw new IllegalArgumentException(
          "no size of a group: " + smallest + " to " + largest + ", " + leastLeft + " left");
    }
  }
}
