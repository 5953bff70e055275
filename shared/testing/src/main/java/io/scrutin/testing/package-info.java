/** Real servers for tests, and ways to break them. */
@NullMarked
package io.scrutin.testing;

import org.jspecify.annotations.NullMarked;
