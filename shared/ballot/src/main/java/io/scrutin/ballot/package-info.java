/**
 * Seals a choice so that only tally can read it, and proves that submit did. Private keys are read
 * from files by {@link io.scrutin.credential.KeyFile}.
 */
@NullMarked
package io.scrutin.ballot;

import org.jspecify.annotations.NullMarked;
