/** What a voter shows, what stands for it afterwards, and the secret keys that make it so. */
@NullMarked
package io.scrutin.credential;

import org.jspecify.annotations.NullMarked;
