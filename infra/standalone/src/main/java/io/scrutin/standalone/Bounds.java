package io.scrutin.standalone;

import java.time.Duration;

/**
 * What a function that may sleep gives and takes.
 *
 * @param idle how long a process is kept that nobody calls
 * @param patience how long a request is held
 * @param requests how many there may be at once, held or passed on
 */
record Bounds(Duration idle, Duration patience, int requests) {}
