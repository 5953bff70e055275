/** Makes of each built module the folder that its image holds, and that one machine can run too. */
@NullMarked
package io.scrutin.packaging;

import org.jspecify.annotations.NullMarked;
