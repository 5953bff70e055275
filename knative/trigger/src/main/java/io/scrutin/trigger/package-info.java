/** Carries events from JetStream's durables to functions, and their answers back. */
@NullMarked
package io.scrutin.trigger;

import org.jspecify.annotations.NullMarked;
