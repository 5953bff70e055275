package io.scrutin.verify;

import io.micronaut.context.annotation.ConfigurationProperties;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;

/**
 * @param keysDir the folder that holds {@code mac.key}
 */
@ConfigurationProperties("verify")
record VerifyConfig(@NotNull Path keysDir) {}
