/** What the trigger could not get through: looked at, given another chance, or given up. */
@NullMarked
package io.scrutin.parked;

import org.jspecify.annotations.NullMarked;
