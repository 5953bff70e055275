package io.scrutin.trigger;

import static io.scrutin.trigger.TestTrigger.sized;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.EventType;
import io.scrutin.step.Listens.By;
import io.scrutin.trigger.PlanBindings.Held;
import io.scrutin.trigger.PlanBindings.Plan;
import io.scrutin.trigger.PlanBindings.Seen;
import io.scrutin.trigger.PlanBindings.State;
import io.scrutin.trigger.ServiceBindings.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PlanBindingsTest {
  private static final Arbitrary<String> SERVICES = Arbitraries.of("s1", "s2", "s3", "s4");

  private static BindingConfig binding(String name, int batch) {
    return sized(TestTrigger.binding(name, By.STREAM, EventType.VOTE_CAST), batch, 4);
  }

  private static Seen seen(String service, int age, Reading reading) {
    return new Seen(service, Instant.EPOCH.minusSeconds(age), reading);
  }

  private static Reading found(BindingConfig... bindings) {
    return new Reading.Found(List.of(bindings));
  }

  @Provide
  Arbitrary<BindingConfig> bindings() {
    return Combinators.combine(Arbitraries.of("a", "b", "c", "d"), Arbitraries.of(1, 2))
        .as(PlanBindingsTest::binding);
  }

  @Provide
  Arbitrary<List<Held>> running() {
    return Combinators.combine(SERVICES, bindings())
        .as(Held::new)
        .list()
        .uniqueElements(Held::name)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<Seen>> services() {
    Arbitrary<List<BindingConfig>> bindings =
        bindings().list().uniqueElements(BindingConfig::name).ofMinSize(1).ofMaxSize(3);
    Arbitrary<Reading> reading =
        Arbitraries.oneOf(
            bindings.map(Reading.Found::new),
            Arbitraries.just(new Reading.NothingToBind()),
            bindings.map(
                some ->
                    new Reading.NotAddressable(some.stream().map(BindingConfig::name).toList())),
            Arbitraries.just(new Reading.Refused("misspelt")));
    return Combinators.combine(SERVICES, Arbitraries.integers().between(0, 2), reading)
        .as(PlanBindingsTest::seen)
        .list()
        .uniqueElements(Seen::service)
        .ofMaxSize(4);
  }

  /** What runs when the plan is carried out. */
  private static Map<String, Held> after(Collection<Held> running, Plan plan) {
    Map<String, Held> after = new HashMap<>();
    running.forEach(held -> after.put(held.name(), held));
    plan.stop().forEach(held -> assertThat(after.remove(held.name())).isNotNull());
    plan.change().forEach(held -> assertThat(after.put(held.name(), held)).isNotNull());
    plan.start().forEach(held -> assertThat(after.put(held.name(), held)).isNull());
    return after;
  }

  private static State state(Plan plan, String service) {
    return Optional.ofNullable(plan.services().get(service)).orElseThrow().state();
  }

  @Property
  void whatIsBoundRunsAsItsServiceSays(
      @ForAll("running") List<Held> running, @ForAll("services") List<Seen> services) {
    Plan plan = PlanBindings.plan(running, services);
    Map<String, Held> after = after(running, plan);
    for (Seen seen : services) {
      boolean bound = state(plan, seen.service()) == State.BOUND;
      if (bound && seen.reading() instanceof Reading.Found(List<BindingConfig> bindings)) {
        bindings.forEach(
            binding ->
                assertThat(after.get(binding.name())).extracting(Held::binding).isEqualTo(binding));
      }
    }
    assertThat(plan.services()).hasSameSizeAs(services);
  }

  @Property
  void nothingRunsThatNoServiceAskedFor(
      @ForAll("running") List<Held> running, @ForAll("services") List<Seen> services) {
    Map<String, Held> after = after(running, PlanBindings.plan(running, services));
    for (Held held : after.values()) {
      boolean asked =
          services.stream()
              .anyMatch(
                  seen ->
                      seen.reading() instanceof Reading.Found(List<BindingConfig> bindings)
                          && bindings.contains(held.binding()));
      boolean keptByItsService =
          running.contains(held)
              && services.stream()
                  .anyMatch(
                      seen ->
                          seen.service().equals(held.service())
                              && !(seen.reading() instanceof Reading.NothingToBind));
      assertThat(asked || keptByItsService).as(held.toString()).isTrue();
    }
  }

  @Property
  void aServiceThatIsNotUnderstoodKeepsWhatNobodyElseHas(
      @ForAll("running") List<Held> running, @ForAll("services") List<Seen> services) {
    Plan plan = PlanBindings.plan(running, services);
    Map<String, Held> after = after(running, plan);
    List<String> unread =
        services.stream()
            .filter(seen -> !(seen.reading() instanceof Reading.Found))
            .filter(seen -> !(seen.reading() instanceof Reading.NothingToBind))
            .map(Seen::service)
            .toList();
    running.stream()
        .filter(held -> unread.contains(held.service()))
        .forEach(held -> assertThat(after).containsKey(held.name()));
    assertThat(plan.stop()).noneMatch(held -> unread.contains(held.service()));
  }

  @Property
  void theSameServicesAreTheSamePlanInWhateverOrder(
      @ForAll("running") List<Held> running,
      @ForAll("services") List<Seen> services,
      @ForAll Random random) {
    List<Seen> shuffled = new ArrayList<>(services);
    Collections.shuffle(shuffled, random);
    assertThat(PlanBindings.plan(running, shuffled))
        .isEqualTo(PlanBindings.plan(running, services));
  }

  @Property
  void whatRunsAlreadyIsNotTouched(
      @ForAll("running") List<Held> running, @ForAll("services") List<Seen> services) {
    Plan plan = PlanBindings.plan(running, services);
    assertThat(plan.change()).noneMatch(running::contains);
    assertThat(plan.start()).noneMatch(running::contains);
  }

  @Test
  void aChangedSizeChangesThatBindingAlone() {
    List<Held> running = List.of(new Held("s1", binding("a", 1)), new Held("s1", binding("b", 1)));
    Plan plan =
        PlanBindings.plan(running, List.of(seen("s1", 0, found(binding("a", 1), binding("b", 2)))));
    assertThat(plan.change()).containsExactly(new Held("s1", binding("b", 2)));
    assertThat(plan.start()).isEmpty();
    assertThat(plan.stop()).isEmpty();
  }

  @Test
  void theYoungerOfTwoThatWantOneNameIsRefusedAndNamed() {
    List<Seen> services =
        List.of(
            seen("younger", 1, found(binding("a", 1), binding("b", 1))),
            seen("older", 2, found(binding("a", 2))));
    Plan plan = PlanBindings.plan(List.of(), services);
    assertThat(plan.start()).containsExactly(new Held("older", binding("a", 2)));
    assertThat(plan.services().get("younger"))
        .hasToString("refused: a is the binding of older already");
  }

  @Test
  void anOlderServiceWithoutAnAddressHasTheNameAlready() {
    List<Seen> services =
        List.of(
            seen("older", 2, new Reading.NotAddressable(List.of("a"))),
            seen("younger", 1, found(binding("a", 1))));
    Plan plan = PlanBindings.plan(List.of(), services);
    assertThat(plan.start()).isEmpty();
    assertThat(state(plan, "younger")).isEqualTo(State.REFUSED);
  }

  @Test
  void whatWorksIsNotStoppedForAServiceWithoutAnAddress() {
    List<Seen> services =
        List.of(
            seen("older", 2, new Reading.NotAddressable(List.of("a"))),
            seen("younger", 1, found(binding("a", 1))));
    List<Held> running = List.of(new Held("younger", binding("a", 1)));
    Plan plan = PlanBindings.plan(running, services);
    assertThat(plan.stop()).isEmpty();
    assertThat(state(plan, "younger")).isEqualTo(State.BOUND);
  }

  @Test
  void aBindingThatRunsIsNotTurnedToSomethingElse() {
    BindingConfig now = binding("a", 1);
    BindingConfig other = sized(TestTrigger.binding("a", By.STREAM, EventType.VOTE_VERIFIED), 1, 4);
    BindingConfig woken = sized(TestTrigger.binding("a", By.WAKE, EventType.VOTE_CAST), 1, 4);
    List<Held> running = List.of(new Held("s1", now));
    for (BindingConfig wanted : List.of(other, woken)) {
      Plan plan = PlanBindings.plan(running, List.of(seen("s1", 0, found(wanted))));
      assertThat(after(running, plan)).containsExactly(Map.entry("a", running.getFirst()));
      assertThat(plan.services().get("s1")).asString().startsWith("refused: a cannot listen");
      assertThat(plan.lack()).isEmpty();
      assertThat(PlanBindings.plan(List.of(), List.of(seen("s1", 0, found(wanted)))).start())
          .containsExactly(new Held("s1", wanted));
    }
  }

  @Test
  void whoHasNothingOfARefusedServiceCannotStandInForWhoHas() {
    List<Seen> services =
        List.of(
            seen("s1", 0, new Reading.Refused("misspelt")), seen("s2", 0, found(binding("b", 1))));
    assertThat(PlanBindings.plan(List.of(), services).lack())
        .hasValueSatisfying(lack -> assertThat(lack).contains("s1"));
    assertThat(PlanBindings.plan(List.of(new Held("s1", binding("a", 1))), services).lack())
        .isEmpty();
    assertThat(PlanBindings.plan(List.of(), List.of()).lack()).isPresent();
  }

  @Test
  void aServiceThatIsGoneHasNothing() {
    List<Held> running = List.of(new Held("s1", binding("a", 1)));
    assertThat(PlanBindings.plan(running, List.of()).stop()).isEqualTo(running);
  }
}
