/** The one way to Redis, which may be away at any time without anything being lost or refused. */
@NullMarked
package io.scrutin.redis;

import org.jspecify.annotations.NullMarked;
