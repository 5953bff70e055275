package io.scrutin.tally;

import io.micronaut.context.annotation.ConfigurationProperties;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;

/**
 * @param keysDir the folder whose {@code ballot/} holds the private halves of the ballot keys
 */
@ConfigurationProperties("tally")
record TallyConfig(@NotNull Path keysDir) {}
