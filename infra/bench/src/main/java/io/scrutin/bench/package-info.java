/** {@code ./scrutin bench}: how many votes a machine counts, how fast, and what each costs. */
@NullMarked
package io.scrutin.bench;

import org.jspecify.annotations.NullMarked;
