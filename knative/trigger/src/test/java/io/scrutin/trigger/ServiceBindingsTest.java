package io.scrutin.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.step.Listens.By;
import io.scrutin.trigger.ServiceBindings.Reading;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceBindingsTest {
  private static final Optional<String> ADDRESS = Optional.of("http://audit.scrutin.svc");
  private static final String CAST = EventType.VOTE_CAST.type();

  /** Names of bindings that have settings of their own or not. */
  private static final List<String> SUFFIXES = List.of("", ".cast", ".rejected", ".a-1");

  record Setting(EventType type, Optional<Integer> batch, Optional<Integer> inFlight) {}

  @Provide
  Arbitrary<Map<String, Setting>> declared() {
    Arbitrary<EventType> type =
        Arbitraries.of(EventType.class).filter(t -> t.stream() != StreamName.NONE);
    Arbitrary<Setting> setting =
        Combinators.combine(
                type,
                Arbitraries.integers().between(1, BindingConfig.MAX_BATCH).optional(),
                Arbitraries.integers().between(1, BindingConfig.MAX_IN_FLIGHT).optional())
            .as(Setting::new);
    return Arbitraries.maps(Arbitraries.of(SUFFIXES), setting).ofMaxSize(4);
  }

  private static Map<String, String> annotations(Map<String, Setting> declared) {
    Map<String, String> annotations = new HashMap<>(Map.of("another.io/subject", "not ours"));
    declared.forEach(
        (suffix, setting) -> {
          annotations.put("scrutin.io/subject" + suffix, setting.type().type());
          setting.batch().ifPresent(n -> annotations.put("scrutin.io/batch" + suffix, "" + n));
          setting
              .inFlight()
              .ifPresent(n -> annotations.put("scrutin.io/in-flight" + suffix, "" + n));
        });
    return annotations;
  }

  private static List<BindingConfig> found(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Found.class);
    return ((Reading.Found) reading).bindings();
  }

  private static Reading read(String... keysAndValues) {
    Map<String, String> annotations = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      annotations.put("scrutin.io/" + keysAndValues[i], keysAndValues[i + 1]);
    }
    return ServiceBindings.read("audit", annotations, ADDRESS);
  }

  private static String refusal(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    return ((Reading.Refused) reading).reason();
  }

  @Property
  void findsOneBindingForEachSubject(@ForAll("declared") Map<String, Setting> declared) {
    Reading reading = ServiceBindings.read("audit", annotations(declared), ADDRESS);
    if (declared.isEmpty()) {
      assertThat(reading).isEqualTo(new Reading.NothingToBind());
      return;
    }
    Optional<Setting> forAll = Optional.ofNullable(declared.get(""));
    assertThat(found(reading)).hasSameSizeAs(declared.keySet());
    for (BindingConfig binding : found(reading)) {
      Setting own =
          declared.entrySet().stream()
              .filter(entry -> binding.name().equals("audit" + entry.getKey().replace('.', '-')))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElseThrow();
      assertThat(binding.type()).isEqualTo(own.type().type());
      assertThat(binding.url()).isEqualTo(URI.create("http://audit.scrutin.svc/events/audit"));
      assertThat(binding.batch())
          .isEqualTo(own.batch().or(() -> forAll.flatMap(Setting::batch)).orElse(200));
      assertThat(binding.inFlight())
          .isEqualTo(own.inFlight().or(() -> forAll.flatMap(Setting::inFlight)).orElse(4));
    }
  }

  @Property
  void waitsForTheAddress(@ForAll("declared") Map<String, Setting> declared) {
    Reading without = ServiceBindings.read("audit", annotations(declared), Optional.empty());
    switch (ServiceBindings.read("audit", annotations(declared), ADDRESS)) {
      case Reading.Found(List<BindingConfig> bindings) ->
          assertThat(without)
              .isEqualTo(
                  new Reading.NotAddressable(bindings.stream().map(BindingConfig::name).toList()));
      case Reading reading -> assertThat(without).isEqualTo(reading);
    }
  }

  @Property
  void refusesAnyKeyThatNobodyReads(
      @ForAll("declared") Map<String, Setting> declared, @ForAll("strays") String stray) {
    Map<String, String> annotations = annotations(declared);
    annotations.put("scrutin.io/" + stray, "1");
    assertThat(refusal(ServiceBindings.read("audit", annotations, ADDRESS)))
        .isEqualTo("nobody reads scrutin.io/" + stray);
  }

  @Provide
  Arbitrary<String> strays() {
    Set<String> known =
        Set.of("subject", "by", "batch", "in-flight", "pause", "after-silence", "warm-scale");
    return Arbitraries.strings()
        .alpha()
        .withChars('-')
        .ofMinLength(1)
        .filter(s -> !known.contains(s));
  }

  @ParameterizedTest
  @CsvSource({
    "stream,voting.vote.cast.v1",
    "wake,voting.vote.cast.v1",
    "request,voting.outcome.asked.v1"
  })
  void readsHowItIsToBeCalled(String word, String type) {
    assertThat(found(read("subject", type, "by", word)))
        .extracting(BindingConfig::kind)
        .containsExactly(By.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  @Test
  void anUnsuffixedWordHoldsForThoseWithoutTheirOwn() {
    Reading reading =
        read(
            "subject.cast",
            CAST,
            "subject.outcome",
            EventType.OUTCOME_ASKED.type(),
            "by.outcome",
            "request",
            "by",
            "wake",
            "batch",
            "500",
            "batch.outcome",
            "1",
            "pause.cast",
            "100");
    assertThat(found(reading))
        .extracting(
            BindingConfig::name,
            BindingConfig::kind,
            BindingConfig::batch,
            binding -> binding.pause().toMillis())
        .containsExactly(
            tuple("audit-cast", By.WAKE, 500, 100L), tuple("audit-outcome", By.REQUEST, 1, 10L));
  }

  @Test
  void leavesTheWarmScaleToOthers() {
    assertThat(read("warm-scale", "4")).isEqualTo(new Reading.NothingToBind());
  }

  @ParameterizedTest
  @CsvSource({
    "subject,voting.vote.lost.v1,there is no event type",
    "subject,voting.outcome.asked.v1,requests are for types",
    "by,queue,'stream, wake or request'",
    "batch,many,scrutin.io/batch is a number: many",
    "batch,0,batch is 1 to",
    "in-flight,9999999999,scrutin.io/in-flight is a number",
    "in-flight,257,in-flight is 1 to",
    "pause,5001,pause is 0 to",
    "pause,soon,scrutin.io/pause is a number",
    "after-silence,5001,after-silence is 0 to",
    "batch.cats,10,scrutin.io/batch.cats belongs to no scrutin.io/subject",
    "subject.,voting.vote.cast.v1,nobody reads scrutin.io/subject.",
    "subject.A,voting.vote.cast.v1,nobody reads scrutin.io/subject.A",
    "function,audit,nobody reads scrutin.io/function"
  })
  void refusesWhatMeansNothing(String key, String value, String reason) {
    Map<String, String> annotations = new HashMap<>(Map.of("scrutin.io/subject", CAST));
    annotations.put("scrutin.io/" + key, value);
    assertThat(refusal(ServiceBindings.read("audit", annotations, ADDRESS))).contains(reason);
    assertThat(refusal(ServiceBindings.read("audit", annotations, Optional.empty())))
        .contains(reason);
  }

  @Test
  void refusesSettingsOfNoBinding() {
    assertThat(refusal(read("batch", "10"))).contains("scrutin.io/batch belongs to no");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Audit", "a.b", "a_b", "-a"})
  void refusesAFunctionThatIsNoName(String function) {
    assertThat(refusal(ServiceBindings.read(function, Map.of(), ADDRESS)))
        .startsWith("scrutin.io/function is of a-z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "audit", "ftp://audit", "http://", "http://a b", "http://a?b=c"})
  void refusesAnAddressThatCannotBeCalled(String address) {
    Map<String, String> annotations = Map.of("scrutin.io/subject", CAST);
    assertThat(refusal(ServiceBindings.read("audit", annotations, Optional.of(address))))
        .startsWith("its address is no");
  }

  @Test
  void anAddressMayHaveAPath() {
    Map<String, String> annotations = Map.of("scrutin.io/subject", CAST);
    assertThat(found(ServiceBindings.read("audit", annotations, Optional.of("https://a:8443/x/"))))
        .extracting(BindingConfig::url)
        .containsExactly(URI.create("https://a:8443/x/events/audit"));
  }
}
