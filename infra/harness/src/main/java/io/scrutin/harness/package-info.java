/** Whether simulation and chaos find bugs: bugs planted in a copy of the product say. */
@NullMarked
package io.scrutin.harness;

import org.jspecify.annotations.NullMarked;
