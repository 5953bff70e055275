/** The command that prints what audit reports. */
@NullMarked
package io.scrutin.report;

import org.jspecify.annotations.NullMarked;
