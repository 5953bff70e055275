/** What the contests are and which votes stand in them, for the functions that ask Postgres. */
@NullMarked
package io.scrutin.contest;

import org.jspecify.annotations.NullMarked;
