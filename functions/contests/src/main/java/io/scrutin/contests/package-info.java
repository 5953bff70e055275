/** What is put to the voters, and when: made, opened, closed, published. */
@NullMarked
package io.scrutin.contests;

import org.jspecify.annotations.NullMarked;
