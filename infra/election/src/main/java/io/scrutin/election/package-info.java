/** What an officer does to hold an election, and where somebody looks who trusts nobody. */
@NullMarked
package io.scrutin.election;

import org.jspecify.annotations.NullMarked;
