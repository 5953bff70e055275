/** The books of a contest, and whether they balance. */
@NullMarked
package io.scrutin.books;

import org.jspecify.annotations.NullMarked;
