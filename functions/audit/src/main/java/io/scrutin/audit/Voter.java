package io.scrutin.audit;

import io.scrutin.event.Tag;

/** A voter in a contest: whose attempts are counted. */
record Voter(String lawId, Tag tag) {}
