/** Holds what is in {@code knative/} against Kubernetes, Knative and the code that it deploys. */
@NullMarked
package io.scrutin.manifests;

import org.jspecify.annotations.NullMarked;
