/** The roll: credentials issued, hashed, loaded, rebuilt and compared. */
@NullMarked
package io.scrutin.hashgen;

import org.jspecify.annotations.NullMarked;
