/**
 * The rules of the house, each beside a canary: a small piece of bad code that it must find. What
 * they are and why stands in CONTRIBUTING.md.
 */
@NullMarked
package io.scrutin.house;

import org.jspecify.annotations.NullMarked;
