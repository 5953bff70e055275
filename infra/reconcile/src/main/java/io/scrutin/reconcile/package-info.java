/** Whether the books balance: as a command, and as a function that is woken. */
@NullMarked
package io.scrutin.reconcile;

import org.jspecify.annotations.NullMarked;
