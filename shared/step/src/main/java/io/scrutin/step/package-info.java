/**
 * What a step of the vote's way is, and the one shell that serves it over HTTP or in the process.
 */
@NullMarked
package io.scrutin.step;

import org.jspecify.annotations.NullMarked;
