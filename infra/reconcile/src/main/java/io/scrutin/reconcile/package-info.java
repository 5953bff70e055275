/** The command that says whether the books balance. */
@NullMarked
package io.scrutin.reconcile;

import org.jspecify.annotations.NullMarked;
