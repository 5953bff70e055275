/** Where a vote is recorded: one Postgres key decides that no voter counts twice. */
@NullMarked
package io.scrutin.store;

import org.jspecify.annotations.NullMarked;
