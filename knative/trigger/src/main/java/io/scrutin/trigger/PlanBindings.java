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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
   * @param carried the names of the bindings that run when it is carried out, by Service
   */
  record Plan(
      List<Held> start,
      List<Held> change,
      List<Held> stop,
      SortedMap<String, Standing> services,
      SortedMap<String, SortedSet<String>> carried) {
    static final Plan NONE =
        new Plan(
            List.of(),
            List.of(),
            List.of(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap());

    /**
     * Why whoever carries this out, and did nothing before, cannot stand in for another trigger;
     * empty when it can. A list of nothing is what a wrong namespace or label answers with, and a
     * refused Service is still served by whoever knew it before it was misspelt.
     */
    Optional<String> lack() {
      if (carried.isEmpty()) {
        return Optional.of("no Service has a binding that runs");
      }
      return services.entrySet().stream()
          .filter(service -> service.getValue().state() == State.REFUSED)
          .map(Map.Entry::getKey)
          .filter(service -> !carried.containsKey(service))
          .findFirst()
          .map(service -> "Service " + service + " is refused, and has no bindings here");
    }
  }

  /**
   * The older Service has the name. So triggers that run the same bindings decide the same, in
   * whatever order they are told; one that has just begun may decide otherwise where the others
   * keep what they had.
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
        Optional<String> refusal = taken(names(bindings)).or(() -> other(service, bindings));
        boolean refused = stands(service, State.BOUND, refusal);
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

  /**
   * A durable is made anew for another subject or kind, and triggers change one after the other:
   * those that are late would make it anew again, and so on.
   */
  private Optional<String> other(String service, List<BindingConfig> bindings) {
    return bindings.stream()
        .filter(
            binding ->
                has(service).stream()
                    .anyMatch(now -> now.name().equals(binding.name()) && !binding.continues(now)))
        .map(
            binding ->
                "%s cannot listen to something else, or otherwise, while it runs: give it a new"
                        .formatted(binding.name())
                    + " suffix, or remove its subject first")
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
    SortedMap<String, SortedSet<String>> carried = new TreeMap<>();
    wanted
        .values()
        .forEach(
            held -> carried.computeIfAbsent(held.service(), _ -> new TreeSet<>()).add(held.name()));
    return new Plan(start, change, stop, standings, carried);
  }
}
