/** The database: its tables, its roles, and the command that brings both up to date. */
@NullMarked
package io.scrutin.postgres;

import org.jspecify.annotations.NullMarked;
