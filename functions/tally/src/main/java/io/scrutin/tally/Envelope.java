package io.scrutin.tally;

import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteId;

/** A recorded vote that nobody has opened yet. */
record Envelope(String lawId, VoteId voteId, SealedChoice sealed) {}
