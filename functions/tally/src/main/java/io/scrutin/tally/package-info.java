/** Opens ballots, in groups and shuffled, and counts them. The only holder of the ballot key. */
@NullMarked
package io.scrutin.tally;

import org.jspecify.annotations.NullMarked;
