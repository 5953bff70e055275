/** Keeps the trail of every vote, numbers the attempts, and says what became of each. */
@NullMarked
package io.scrutin.audit;

import org.jspecify.annotations.NullMarked;
