/** Does this vote come from submit, in time, from a voter on the roll? */
@NullMarked
package io.scrutin.verify;

import org.jspecify.annotations.NullMarked;
