/**
 * What every HTTP function shares: problem answers, languages, health, metrics, checked settings.
 */
@NullMarked
package io.scrutin.web;

import org.jspecify.annotations.NullMarked;
