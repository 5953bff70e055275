package io.scrutin.web;

/**
 * A bean that tells {@link ConfigGuard}: everything under this prefix is a setting of this record.
 */
public record GuardedSettings(String prefix, Class<? extends Record> settings) {}
