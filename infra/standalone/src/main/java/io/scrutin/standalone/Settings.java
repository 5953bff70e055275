package io.scrutin.standalone;

import io.scrutin.audit.AuditVotes;
import io.scrutin.dedup.DedupVotes;
import io.scrutin.postgres.Roles;
import io.scrutin.step.Listens;
import io.scrutin.step.Step;
import io.scrutin.store.StoreVotes;
import io.scrutin.tally.TallyVotes;
import io.scrutin.verify.VerifyVotes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** How functions and trigger are configured, in one process or in many. */
final class Settings {
  static final String ENVIRONMENT = "local";

  static final List<String> FUNCTIONS =
      List.of("submit", "verify", "dedup", "store", "tally", "results", "audit", "contests");

  /** What a PingSource calls on Knative, every few seconds while a contest is open. */
  static final List<String> BEAT = List.of("tally", "contests");

  private static final String DATASOURCES = "datasources.";

  /** The functions that listen; what to, each says itself. */
  private static final Map<String, Class<? extends Step>> STEPS =
      new TreeMap<>(
          Map.of(
              "verify", VerifyVotes.class,
              "dedup", DedupVotes.class,
              "store", StoreVotes.class,
              "tally", TallyVotes.class,
              "audit", AuditVotes.class));

  private final Map<String, String> common = new LinkedHashMap<>();

  Settings(LocalServers servers, Keys keys, Duration settlingTime) throws IOException {
    common.put("scrutin.environment", ENVIRONMENT);
    common.put("scrutin.nats-url", servers.nats().url());
    common.put("scrutin.redis-url", servers.redis().url());
    common.put("scrutin.postgres-url", servers.jdbcUrl());
    for (String function : FUNCTIONS) {
      if (Roles.FUNCTIONS.contains(function)) {
        common.put(DATASOURCES + function + ".password", keys.password(function));
      }
    }
    common.put("submit.keys-dir", keys.of("submit").toString());
    common.put("verify.keys-dir", keys.of("verify").toString());
    common.put("tally.keys-dir", keys.of("tally").toString());
    common.put("audit.settling-time", settlingTime.toString());
    common.put("micronaut.server.host", "127.0.0.1");
  }

  /** For everything in one process; steps are found there, so bindings have no address. */
  Map<String, Object> asProperties(int port) {
    Map<String, Object> properties = new LinkedHashMap<>(common);
    properties.putAll(bindings(_ -> Optional.empty()));
    properties.put("micronaut.server.port", port == 0 ? -1 : port);
    properties.put("scrutin.events-endpoint", "false");
    return properties;
  }

  /** For one process, as a container would get them: it is told nothing that is not its own. */
  Map<String, String> asEnvironment(String function) {
    Map<String, String> environment = new LinkedHashMap<>();
    boolean usesPostgres = Roles.FUNCTIONS.contains(function);
    common.forEach(
        (name, value) -> {
          boolean another =
              FUNCTIONS.stream()
                      .filter(f -> !f.equals(function))
                      .anyMatch(f -> name.startsWith(f + ".") || name.startsWith(DATASOURCES + f))
                  || name.startsWith("scrutin.postgres") && !usesPostgres;
          if (!another) {
            environment.put(variable(name), value);
          }
        });
    return environment;
  }

  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  static Map<String, Object> bindings(Function<String, Optional<URI>> addresses) {
    Map<String, Object> properties = new LinkedHashMap<>();
    STEPS.forEach(
        (function, step) -> {
          for (Listens binding : step.getAnnotationsByType(Listens.class)) {
            String prefix = "trigger.bindings." + binding.as() + ".";
            properties.put(prefix + "kind", binding.by().name());
            properties.put(prefix + "type", binding.to().type());
            properties.put(prefix + "function", function);
            properties.put(prefix + "batch", binding.batch());
            properties.put(prefix + "in-flight", binding.inFlight());
            properties.put(prefix + "pause", binding.pauseMillis() + "ms");
            properties.put(prefix + "after-silence", binding.afterSilenceMillis() + "ms");
            addresses
                .apply(function)
                .ifPresent(
                    url -> properties.put(prefix + "url", url.resolve("/events/" + function)));
          }
        });
    return properties;
  }

  /** The trigger's bindings as a file: they are a map, which variables cannot say well. */
  static String bindingsFile(Function<String, Optional<URI>> addresses) {
    StringBuilder lines = new StringBuilder();
    bindings(addresses)
        .forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    return lines.toString();
  }
}
