/** The broker's streams as an operator holds them: how full, how large, and a copy elsewhere. */
@NullMarked
package io.scrutin.streams;

import org.jspecify.annotations.NullMarked;
