package io.scrutin.audit;

import java.util.List;

/**
 * What the tables of one contest hold, all read at one moment.
 *
 * @param participations voters who have a recorded vote
 * @param waiting sealed envelopes that are not opened yet
 * @param ballots in the box, without id, order or time
 * @param spoiled envelopes that held no vote
 * @param recordedInTrail votes that the trail calls recorded
 */
record Figures(
    long participations,
    long waiting,
    long ballots,
    long spoiled,
    long recordedInTrail,
    List<OfChoice> choices) {
  /** The ballots of one choice, recounted from the box and as the tally has them. */
  record OfChoice(String choice, long inBox, long inTally) {}

  Figures {
    choices = List.copyOf(choices);
  }
}
