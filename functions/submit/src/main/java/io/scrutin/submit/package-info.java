/**
 * Takes votes in: checks their form, hides who cast them and for what, and answers once the broker
 * has them.
 */
@NullMarked
package io.scrutin.submit;

import org.jspecify.annotations.NullMarked;
