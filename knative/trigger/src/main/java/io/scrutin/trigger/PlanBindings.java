package io.scrutin.trigger;

import io.scrutin.trigger.ServiceBindings.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is to be done so that those bindings run that the Services ask for. A Service that cannot be
 * read, or not be called yet, keeps the bindings that it has: votes are on their way to it.
 */
final class PlanBindings {
  /** A Service, and what it says. */
  record Seen(String service, Instant created, Reading reading) {}

  /** A binding, and the Service that asked for it. */
  record Held(String service, BindingConfig binding) {
    String name() {
      return binding.name();
    }
  }

  /** How a Service stands. */
  enum State {
    BOUND,
    /** Its function has nothing brought to it. */
    IDLE,
    /** It has no address; what it had before goes on. */
    WAITING,
    /** It was not understood, or wants what is another's; what it had before goes on. */
    REFUSED
  }

  /**
   * @param reason empty unless it is refused
   */
  record Standing(State state, String reason) {
    @Override
    public String toString() {
      String word = state.name().toLowerCase(Locale.ROOT);
      return reason.isEmpty() ? word : word + ": " + reason;
    }
  }

  /**
   * Whatever is in none of the lists runs and goes on.
   *
   * @param change what is to run in the place of what runs under that name
   * @param services each of them, by name
   */
  record Plan(
      List<Held> start, List<Held> change, List<Held> stop, SortedMap<String, Standing> services) {
    static final Plan NONE =
        new Plan(List.of(), List.of(), List.of(), Collections.emptySortedMap());
  }

  /**
   * The older Service has the name: every trigger must come to the same decision, whatever each of
   * them saw first.
   */
  private static final Comparator<Seen> BY_AGE =
      Comparator.comparing(Seen::created).thenComparing(Seen::service);

  private final Map<String, Held> running;
  private final Map<String, Held> wanted = new TreeMap<>();

  /** Names of bindings by the Service that has them, or will. */
  private final Map<String, String> claims = new HashMap<>();

  private final SortedMap<String, Standing> standings = new TreeMap<>();

  private PlanBindings(Collection<Held> running) {
    this.running =
        running.stream()
            .collect(Collectors.toMap(Held::name, held -> held, (_, b) -> b, TreeMap::new));
  }

  /**
   * @param services all that there are: the bindings of any other are stopped
   */
  static Plan plan(Collection<Held> running, Collection<Seen> services) {
    PlanBindings planning = new PlanBindings(running);
    services.stream().sorted(BY_AGE).forEach(planning::hear);
    return planning.plan();
  }

  private void hear(Seen seen) {
    String service = seen.service();
    switch (seen.reading()) {
      case Reading.Found(List<BindingConfig> bindings) -> {
        boolean refused = stands(service, State.BOUND, taken(names(bindings)));
        want(service, refused ? has(service) : bindings);
      }
      case Reading.NothingToBind _ -> standings.put(service, new Standing(State.IDLE, ""));
      case Reading.NotAddressable(List<String> bindings) -> {
        boolean refused = stands(service, State.WAITING, taken(bindings));
        want(service, has(service));
        if (!refused) {
          bindings.stream()
              // What works is not stopped for what cannot be called yet.
              .filter(name -> !running.containsKey(name))
              .forEach(name -> claims.put(name, service));
        }
      }
      case Reading.Refused(String reason) -> {
        standings.put(service, new Standing(State.REFUSED, reason));
        want(service, has(service));
      }
    }
  }

  /** Returns whether it is refused. */
  private boolean stands(String service, State state, Optional<String> refusal) {
    standings.put(
        service,
        refusal
            .map(reason -> new Standing(State.REFUSED, reason))
            .orElseGet(() -> new Standing(state, "")));
    return refusal.isPresent();
  }

  private static List<String> names(List<BindingConfig> bindings) {
    return bindings.stream().map(BindingConfig::name).toList();
  }

  private List<BindingConfig> has(String service) {
    return running.values().stream()
        .filter(held -> held.service().equals(service))
        .map(Held::binding)
        .toList();
  }

  private Optional<String> taken(List<String> names) {
    return names.stream()
        .filter(claims::containsKey)
        .map(name -> "%s is the binding of %s already".formatted(name, claims.get(name)))
        .findFirst();
  }

  private void want(String service, List<BindingConfig> bindings) {
    for (BindingConfig binding : bindings) {
      if (claims.putIfAbsent(binding.name(), service) == null) {
        wanted.put(binding.name(), new Held(service, binding));
      }
    }
  }

  private Plan plan() {
    List<Held> start = new ArrayList<>();
    List<Held> change = new ArrayList<>();
    for (Held held : wanted.values()) {
      Optional<Held> now = Optional.ofNullable(running.get(held.name()));
      if (now.isEmpty()) {
        start.add(held);
      } else if (!now.get().binding().equals(held.binding())) {
        change.add(held);
      }
    }
    List<Held> stop =
        running.values().stream().filter(held -> !wanted.containsKey(held.name())).toList();
    return new Plan(start, change, stop, standings);
  }
}
