/** Opens the doors of the cluster before a contest, and closes them after it. */
@NullMarked
package io.scrutin.doorkeeper;

import org.jspecify.annotations.NullMarked;
