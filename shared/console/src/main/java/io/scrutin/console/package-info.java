/** What the commands share: where the system is found, tables, bars. */
@NullMarked
package io.scrutin.console;

import org.jspecify.annotations.NullMarked;
