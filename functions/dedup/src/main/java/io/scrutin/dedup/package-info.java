/** Is another vote of this voter recorded already? Saves store the work; never decides alone. */
@NullMarked
package io.scrutin.dedup;

import org.jspecify.annotations.NullMarked;
