/** The reports of the audit function on the command line. */
@NullMarked
package io.scrutin.report;

import org.jspecify.annotations.NullMarked;
