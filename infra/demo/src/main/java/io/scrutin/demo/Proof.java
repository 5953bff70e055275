package io.scrutin.demo;

/**
 * Whether a promise held in this run.
 *
 * @param evidence what was looked at, and what was found
 */
record Proof(String promise, String says, boolean held, String evidence) {}
