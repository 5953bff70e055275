/** What was counted, as far as the contest's policy lets it be seen, over HTTP and as a stream. */
@NullMarked
package io.scrutin.results;

import org.jspecify.annotations.NullMarked;
