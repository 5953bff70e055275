@NullMarked
package io.scrutin.chaos;

import org.jspecify.annotations.NullMarked;
