package io.scrutin.manifests;

import java.util.Map;

/** What each document of an operator begins with. Read for its shape: what is absent is null. */
record Meta(
    String name, String namespace, Map<String, String> labels, Map<String, String> annotations) {}
