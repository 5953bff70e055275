@NullMarked
package io.scrutin.bench;

import org.jspecify.annotations.NullMarked;
