/** A whole election, played from the list of voters to the signed result, and proven afterwards. */
@NullMarked
package io.scrutin.demo;

import org.jspecify.annotations.NullMarked;
