/**
 * Real servers (NATS, Redis, Postgres) for one machine: found or brought, and run as child
 * processes.
 */
@NullMarked
package io.scrutin.servers;

import org.jspecify.annotations.NullMarked;
