@NullMarked
package io.scrutin.packaging;

import org.jspecify.annotations.NullMarked;
