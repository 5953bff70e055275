package io.scrutin.manifests;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Property;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a function's own code and its {@code application-*.properties} ask for, as variables: read
 * from the class path, so that a setting that is renamed there is missed here.
 *
 * @param needed it does not start, or does not work, without
 * @param known the others: they have a default
 */
record AskedSettings(Set<String> needed, Set<String> known) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z.-]+)(:?)[^}]*}");
  private static final Pattern DATASOURCE = Pattern.compile("(?m)^datasources\\.([a-z]+)\\.");

  /** Its default is for a terminal: two environments on one broker would be one. */
  private static final String ENVIRONMENT = "scrutin.environment";

  /** Told as the datasource's own, so that it is plain whose it is; its default is for nobody. */
  private static final String PASSWORD = "scrutin.postgres-password";

  AskedSettings {
    needed = Set.copyOf(needed);
    known = Set.copyOf(known);
  }

  /** Of a function, whose package is {@code io.scrutin.name}. */
  static AskedSettings of(String name) {
    Set<String> needed = new TreeSet<>();
    Set<String> known = new TreeSet<>();
    placeholders(resource("application-" + name + ".properties"), needed, known);
    for (Class<?> type : OwnClasses.of(name)) {
      properties(type, needed, known);
      settings(type, needed, known);
    }
    known.removeAll(needed);
    return new AskedSettings(needed, known);
  }

  private static void placeholders(String text, Set<String> needed, Set<String> known) {
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      if (!PASSWORD.equals(placeholder.group(1))) {
        (placeholder.group(2).isEmpty() ? needed : known).add(variable(placeholder.group(1)));
      }
    }
    Matcher datasource = DATASOURCE.matcher(text);
    if (datasource.find()) {
      needed.add(variable("datasources." + datasource.group(1) + ".password"));
    }
  }

  private static void properties(Class<?> type, Set<String> needed, Set<String> known) {
    List<Executable> bodies = new ArrayList<>(List.of(type.getDeclaredMethods()));
    bodies.addAll(List.of(type.getDeclaredConstructors()));
    for (Executable body : bodies) {
      for (Parameter parameter : body.getParameters()) {
        Property property = parameter.getAnnotation(Property.class);
        if (property != null && property.name().startsWith("scrutin.")) {
          boolean must = property.defaultValue().isEmpty() || property.name().equals(ENVIRONMENT);
          (must ? needed : known).add(variable(property.name()));
        }
      }
    }
  }

  private static void settings(Class<?> type, Set<String> needed, Set<String> known) {
    ConfigurationProperties prefix = type.getAnnotation(ConfigurationProperties.class);
    if (prefix == null || !type.isRecord()) {
      return;
    }
    for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
      boolean optional =
          parameter.getAnnotation(Bindable.class) != null
              || parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
      String name = parameter.getName().replaceAll("([A-Z])", "-$1");
      (optional ? known : needed).add(variable(prefix.value() + "." + name));
    }
  }

  /** As Micronaut reads them. */
  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  private static String resource(String name) {
    try (InputStream in = AskedSettings.class.getResourceAsStream("/" + name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
