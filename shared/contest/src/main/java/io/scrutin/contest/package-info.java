/** What the contests are, for the functions that ask Postgres. */
@NullMarked
package io.scrutin.contest;

import org.jspecify.annotations.NullMarked;
