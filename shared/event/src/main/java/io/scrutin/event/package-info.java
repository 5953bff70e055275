/** What happened, as records; how it travels, as CloudEvents; where, as subjects and streams. */
@NullMarked
package io.scrutin.event;

import org.jspecify.annotations.NullMarked;
