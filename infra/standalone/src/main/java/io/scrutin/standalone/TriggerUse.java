package io.scrutin.standalone;

import java.time.Duration;

/**
 * How the trigger beside sleeping functions was used.
 *
 * @param cpu what its process of this moment has cost
 * @param alive whether it has one
 * @param deaths of processes that nobody stopped
 */
public record TriggerUse(Duration cpu, boolean alive, int deaths) {}
