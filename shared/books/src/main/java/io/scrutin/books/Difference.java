package io.scrutin.books;

/**
 * One thing that should not be so.
 *
 * @param id of what: a vote id mostly. Never a tag, and never a choice whose counts may not be seen
 * @param text what is wrong with it
 */
public record Difference(Book book, String id, String text) {}
