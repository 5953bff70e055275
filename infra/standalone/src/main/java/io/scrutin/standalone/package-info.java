/** Everything on one machine: servers, functions, trigger and a demo referendum. */
@NullMarked
package io.scrutin.standalone;

import org.jspecify.annotations.NullMarked;
