package io.scrutin.contests;

import io.scrutin.event.Bytes;

/** A results document and its signature, byte by byte as they are kept. */
record Publication(Bytes document, Bytes signature) {}
