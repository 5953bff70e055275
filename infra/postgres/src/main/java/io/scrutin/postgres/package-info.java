/** The schema: its migrations and the command that applies them. */
@NullMarked
package io.scrutin.postgres;

import org.jspecify.annotations.NullMarked;
