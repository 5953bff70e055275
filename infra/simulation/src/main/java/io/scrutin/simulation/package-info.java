/** The system in one thread, over simulated servers, in simulated time, by one seed. */
@NullMarked
package io.scrutin.simulation;

import org.jspecify.annotations.NullMarked;
