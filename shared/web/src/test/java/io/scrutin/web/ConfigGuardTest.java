package io.scrutin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigGuardTest {
  @ConfigurationProperties("sample")
  @Requires(property = "test.guard")
  record Sample(@Bindable(defaultValue = "20") int batchSize, @Nullable List<String> names) {}

  @Factory
  @Requires(property = "test.guard")
  static final class Guards {
    @Singleton
    GuardedSettings sample() {
      return new GuardedSettings("sample", Sample.class);
    }
  }

  @Test
  void startsWithKnownSettingsHoweverTheyAreSpelt() {
    try (ApplicationContext context =
        with(Map.of("sample.batchSize", 7, "sample.names[0]", "a")).start()) {
      assertThat(context.getBean(Sample.class).batchSize()).isEqualTo(7);
    }
  }

  @Test
  void refusesAnUnknownSettingAndNamesTheKnownOnes() {
    assertThatThrownBy(() -> with(Map.of("sample.batch-sise", 7)).start())
        .rootCause()
        .hasMessageContaining("sample.batch-sise is no setting of sample")
        .hasMessageContaining("sample.batch-size, sample.names");
  }

  @Test
  void leavesOtherPrefixesAlone() {
    assertThatCode(() -> with(Map.of("samples.batch", 7, "sampler", 1)).start().close())
        .doesNotThrowAnyException();
  }

  @Test
  void readsEnvironmentVariables() {
    try (ApplicationContext context = variables(Map.of("SAMPLE_BATCH_SIZE", "9")).start()) {
      assertThat(context.getBean(Sample.class).batchSize()).isEqualTo(9);
    }
  }

  @Test
  void refusesAnUnknownEnvironmentVariable() {
    assertThatThrownBy(() -> variables(Map.of("SAMPLE_BATCH_SISE", "9")).start())
        .rootCause()
        .hasMessageContaining("SAMPLE_BATCH_SISE is no setting of sample");
  }

  @Test
  void ignoresTheVariablesThatKubernetesAddsForAServiceOfThatName() {
    Map<String, Object> links =
        Map.of(
            "SAMPLE_SERVICE_HOST", "10.0.0.1",
            "SAMPLE_SERVICE_PORT", "80",
            "SAMPLE_SERVICE_PORT_HTTP", "80",
            "SAMPLE_PORT", "tcp://10.0.0.1:80",
            "SAMPLE_PORT_80_TCP_ADDR", "10.0.0.1");
    assertThatCode(() -> variables(links).start().close()).doesNotThrowAnyException();
  }

  private static ApplicationContextBuilder with(Map<String, Object> properties) {
    return ApplicationContext.builder()
        .properties(Map.of("test.guard", true))
        .propertySources(PropertySource.of("test", properties));
  }

  private static ApplicationContextBuilder variables(Map<String, Object> variables) {
    return ApplicationContext.builder()
        .properties(Map.of("test.guard", true))
        .propertySources(
            new MapPropertySource("test-env", variables) {
              @Override
              public PropertyConvention getConvention() {
                return PropertyConvention.ENVIRONMENT_VARIABLE;
              }
            });
  }
}
