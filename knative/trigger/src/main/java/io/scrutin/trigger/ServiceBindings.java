package io.scrutin.trigger;

import io.scrutin.step.Listens;
import io.scrutin.step.Listens.By;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Knative Service has brought to it, by its label and its annotations. They are read as
 * strictly as a settings file: a misspelt key would otherwise be a function that nobody calls.
 */
public final class ServiceBindings {
  /** Its value is the function's name; Services without it are not the trigger's. */
  public static final String FUNCTION_LABEL = "scrutin.io/function";

  private static final String PREFIX = "scrutin.io/";
  private static final String SUBJECT = "subject";
  private static final String BY = "by";
  private static final String BATCH = "batch";
  private static final String IN_FLIGHT = "in-flight";
  private static final String PAUSE = "pause";
  private static final String AFTER_SILENCE = "after-silence";

  /** Each may be followed by a dot and the name of one binding. */
  private static final Set<String> KEYS =
      Set.of(SUBJECT, BY, BATCH, IN_FLIGHT, PAUSE, AFTER_SILENCE);

  /** Others read these. */
  private static final Set<String> FOREIGN_KEYS = Set.of("warm-scale");

  private static final String NO_SUFFIX = "";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** What a Service says. */
  public sealed interface Reading {
    /**
     * @param bindings by their names, each with the function's address
     */
    record Found(List<BindingConfig> bindings) implements Reading {
      public Found {
        bindings = List.copyOf(bindings);
      }
    }

    /** Its function is called by voters or by a clock, not by events. */
    record NothingToBind() implements Reading {}

    /**
     * Knative has given it no address yet.
     *
     * @param bindings the names of those that it will have
     */
    record NotAddressable(List<String> bindings) implements Reading {
      public NotAddressable {
        bindings = List.copyOf(bindings);
      }
    }

    /** It contradicts itself, or nobody knows what it means. */
    record Refused(String reason) implements Reading {}
  }

  private static final class Unreadable extends Exception {
    Unreadable(String reason) {
      super(reason, null, false, false);
    }
  }

  private final String function;

  /** By key without prefix and suffix, then by suffix. */
  private final Map<String, Map<String, String>> values;

  private ServiceBindings(String function, Map<String, Map<String, String>> values) {
    this.function = function;
    this.values = values;
  }

  /**
   * @param function the value of the label
   * @param annotations the Service's own, not its template's; those of others are left alone
   * @param address {@code status.address.url}, once there is one
   */
  public static Reading read(
      String function, Map<String, String> annotations, Optional<String> address) {
    try {
      if (!NAME.matcher(function).matches()) {
        throw new Unreadable(FUNCTION_LABEL + " is of a-z, 0-9 and '-': " + function);
      }
      ServiceBindings declared = new ServiceBindings(function, sorted(annotations));
      if (declared.suffixes().isEmpty()) {
        return new Reading.NothingToBind();
      }
      // Before the address is asked for: what is wrong is to be known at once.
      List<BindingConfig> unaddressed = declared.bindings(Optional.empty());
      return address.isEmpty()
          ? new Reading.NotAddressable(unaddressed.stream().map(BindingConfig::name).toList())
          : new Reading.Found(declared.bindings(Optional.of(endpoint(function, address.get()))));
    } catch (Unreadable unreadable) {
      return new Reading.Refused(String.valueOf(unreadable.getMessage()));
    }
  }

  private static Map<String, Map<String, String>> sorted(Map<String, String> annotations)
      throws Unreadable {
    Map<String, Map<String, String>> values = new TreeMap<>();
    for (var annotation : new TreeMap<>(annotations).entrySet()) {
      if (!annotation.getKey().startsWith(PREFIX)) {
        continue;
      }
      String name = annotation.getKey().substring(PREFIX.length());
      if (FOREIGN_KEYS.contains(name)) {
        continue;
      }
      int dot = name.indexOf('.');
      String key = dot < 0 ? name : name.substring(0, dot);
      String suffix = dot < 0 ? NO_SUFFIX : name.substring(dot + 1);
      if (!KEYS.contains(key) || dot >= 0 && !NAME.matcher(suffix).matches()) {
        throw new Unreadable("nobody reads " + annotation.getKey());
      }
      values.computeIfAbsent(key, _ -> new TreeMap<>()).put(suffix, annotation.getValue());
    }
    return values;
  }

  private Map<String, String> of(String key) {
    return values.getOrDefault(key, Map.of());
  }

  /** One for each binding. */
  private Set<String> suffixes() throws Unreadable {
    Set<String> subjects = of(SUBJECT).keySet();
    for (String key : new TreeSet<>(values.keySet())) {
      for (String suffix : of(key).keySet()) {
        boolean forAll = suffix.equals(NO_SUFFIX) && !subjects.isEmpty();
        if (!forAll && !subjects.contains(suffix)) {
          throw new Unreadable(annotation(key, suffix) + " belongs to no " + PREFIX + SUBJECT);
        }
      }
    }
    return subjects;
  }

  private List<BindingConfig> bindings(Optional<URI> url) throws Unreadable {
    List<BindingConfig> bindings = new ArrayList<>();
    for (String suffix : suffixes()) {
      bindings.add(binding(suffix, url));
    }
    return bindings;
  }

  private BindingConfig binding(String suffix, Optional<URI> url) throws Unreadable {
    String name = suffix.equals(NO_SUFFIX) ? function : function + "-" + suffix;
    String type = Optional.ofNullable(of(SUBJECT).get(suffix)).orElseThrow();
    int batch = number(BATCH, suffix, BindingConfig.DEFAULT_BATCH);
    int inFlight = number(IN_FLIGHT, suffix, BindingConfig.DEFAULT_IN_FLIGHT);
    try {
      return new BindingConfig(
          name,
          by(suffix),
          type,
          function,
          url.orElse(null),
          batch,
          inFlight,
          BindingConfig.DEFAULT_ATTEMPTS,
          Duration.ofMillis(number(PAUSE, suffix, Listens.PAUSE_MILLIS)),
          Duration.ofMillis(number(AFTER_SILENCE, suffix, 0)));
    } catch (IllegalArgumentException refused) {
      throw new Unreadable(String.valueOf(refused.getMessage()));
    }
  }

  /** The binding's own, or the one that holds for all that have none. */
  private Optional<String> value(String key, String suffix) {
    return Stream.of(suffix, NO_SUFFIX)
        .flatMap(own -> Optional.ofNullable(of(key).get(own)).stream())
        .findFirst();
  }

  private By by(String suffix) throws Unreadable {
    String word = value(BY, suffix).orElse("stream");
    for (By by : By.values()) {
      if (by.name().toLowerCase(Locale.ROOT).equals(word)) {
        return by;
      }
    }
    throw new Unreadable(annotation(BY, suffix) + " is stream, wake or request: " + word);
  }

  private int number(String key, String suffix, int otherwise) throws Unreadable {
    Optional<String> digits = value(key, suffix);
    try {
      return digits.isEmpty() ? otherwise : Integer.parseInt(digits.get());
    } catch (NumberFormatException malformed) {
      throw new Unreadable(annotation(key, suffix) + " is a number: " + digits.orElse(""));
    }
  }

  private static String annotation(String key, String suffix) {
    return PREFIX + key + (suffix.equals(NO_SUFFIX) ? "" : "." + suffix);
  }

  private static URI endpoint(String function, String address) throws Unreadable {
    try {
      URI base = new URI(address);
      boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
      if (!http || base.getHost() == null || base.getQuery() != null) {
        throw new Unreadable("its address is no http URL: " + address);
      }
      String slash = address.endsWith("/") ? "" : "/";
      return new URI(address + slash + "events/" + function);
    } catch (URISyntaxException malformed) {
      throw new Unreadable("its address is no URL: " + address);
    }
  }
}
