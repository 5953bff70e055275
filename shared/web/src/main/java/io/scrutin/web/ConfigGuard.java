package io.scrutin.web;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.naming.NameUtils;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Refuses to start on a setting that nobody reads: it is nearly always a misspelt one, and the
 * right one then stands at a value its operator believes to have changed.
 */
@Context
public final class ConfigGuard {
  /**
   * Kubernetes puts these into every container for each service there is, so that a service called
   * like a function sets variables that look like settings of it.
   */
  private static final String SERVICE_LINK = "(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_.*)?)";

  ConfigGuard(Environment environment, List<GuardedSettings> guarded) {
    for (GuardedSettings settings : guarded) {
      for (PropertySource source : environment.getPropertySources()) {
        refuseUnknown(settings, source);
      }
    }
  }

  private static void refuseUnknown(GuardedSettings guarded, PropertySource source) {
    Keys known = Keys.of(guarded);
    for (String key : source) {
      boolean unknown =
          source.getConvention() == PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE
              ? isUnknownVariable(key, guarded.prefix(), known)
              : isUnknownProperty(key, guarded.prefix(), known);
      if (unknown) {
        throw new ConfigurationException(
            key + " is no setting of " + guarded.prefix() + "; known are: " + known);
      }
    }
  }

  private static boolean isUnknownProperty(String key, String prefix, Keys known) {
    String canonical = NameUtils.hyphenate(key, true);
    return canonical.startsWith(prefix + ".") && !known.hasProperty(canonical);
  }

  private static boolean isUnknownVariable(String name, String prefix, Keys known) {
    String start = prefix.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") + "_";
    return name.startsWith(start)
        && !name.substring(start.length()).matches(SERVICE_LINK)
        && !known.hasVariable(name);
  }

  /** What may be set: plain keys, and keys that others may follow on (of a list, of a map). */
  private record Keys(TreeSet<String> plain, TreeSet<String> open) {
    static Keys of(GuardedSettings guarded) {
      Keys keys = new Keys(new TreeSet<>(), new TreeSet<>());
      keys.add(guarded.prefix(), guarded.settings());
      return keys;
    }

    private void add(String prefix, Class<?> settings) {
      for (RecordComponent component : settings.getRecordComponents()) {
        String key = prefix + "." + NameUtils.hyphenate(component.getName(), true);
        Class<?> type = component.getType();
        if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
          open.add(key);
        } else if (type.isRecord()) {
          add(key, type);
        } else {
          plain.add(key);
        }
      }
    }

    boolean hasProperty(String key) {
      return plain.contains(key)
          || open.stream()
              .anyMatch(
                  list ->
                      key.equals(list) || key.startsWith(list + ".") || key.startsWith(list + "["));
    }

    boolean hasVariable(String name) {
      return plain.stream().anyMatch(key -> name.equals(variable(key)))
          || open.stream()
              .map(Keys::variable)
              .anyMatch(list -> name.equals(list) || name.startsWith(list + "_"));
    }

    private static String variable(String key) {
      return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    @Override
    public String toString() {
      TreeSet<String> all = new TreeSet<>(plain);
      all.addAll(open);
      return String.join(", ", all);
    }
  }
}
