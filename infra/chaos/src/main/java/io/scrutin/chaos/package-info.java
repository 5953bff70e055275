/**
 * The whole system on real processes, broken in every way that we know, and judged by its votes.
 */
@NullMarked
package io.scrutin.chaos;

import org.jspecify.annotations.NullMarked;
