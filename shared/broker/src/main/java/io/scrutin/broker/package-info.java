/**
 * The way to NATS: connecting, declaring the streams, publishing with an acknowledgement, asking.
 */
@NullMarked
package io.scrutin.broker;

import org.jspecify.annotations.NullMarked;
