package io.scrutin.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.EventCodec.MalformedEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignEventTest {
  private final EventCodec codec = new EventCodec();

  private static Map<String, String> ping() {
    return new HashMap<>(
        Map.of(
            "Ce-Id", "3a5c0e5b-7f2e-4c0e-9d55-3f3e2a1b0c9d",
            "Ce-Source", "/apis/v1/namespaces/vote/pingsources/tally-heartbeat",
            "Ce-Specversion", "1.0",
            "Ce-Time", "2026-11-21T09:48:00.000393Z",
            "Ce-Type", "dev.knative.sources.ping",
            "Content-Type", "application/json"));
  }

  private Event decoded(String name, String value) throws MalformedEvent {
    Map<String, String> headers = ping();
    headers.put(name, value);
    return codec.decodeBinary(headers, "{\"any\":[1]}".getBytes(UTF_8));
  }

  @Test
  void aPingIsAWakeNamedAfterItsSource() throws MalformedEvent {
    assertThat(codec.decodeBinary(ping(), new byte[0]))
        .isEqualTo(
            new Event(
                "3a5c0e5b-7f2e-4c0e-9d55-3f3e2a1b0c9d",
                "/apis/v1/namespaces/vote/pingsources/tally-heartbeat",
                Instant.parse("2026-11-21T09:48:00.000393Z"),
                null,
                null,
                null,
                new Wake("tally-heartbeat")));
  }

  @Test
  void whatAPingBringsIsNotRead() throws MalformedEvent {
    Map<String, String> headers = ping();
    headers.put("Content-Type", "text/plain");
    assertThat(codec.decodeBinary(headers, "no { JSON".getBytes(UTF_8)).fact())
        .isEqualTo(new Wake("tally-heartbeat"));
  }

  @Test
  void aPingNeedsNoTime() throws MalformedEvent {
    Map<String, String> headers = ping();
    headers.remove("Ce-Time");
    assertThat(codec.decodeBinary(headers, new byte[0]).fact()).isInstanceOf(Wake.class);
  }

  @ParameterizedTest
  @CsvSource({"/, ping", "heartbeat, heartbeat", "urn:a:b?c=%22d%22, urn-a-b-c--d-"})
  void theNameIsFitForALogAndALabel(String source, String binding) throws MalformedEvent {
    assertThat(decoded("Ce-Source", source).fact()).isEqualTo(new Wake(binding));
  }

  @Test
  void aSourceWithALineEndIsRefused() {
    assertThatThrownBy(() -> decoded("Ce-Source", "/a%0Ab"))
        .hasMessage("source has characters that no attribute may have");
  }

  @Test
  void theNameIsBounded() throws MalformedEvent {
    assertThat(decoded("Ce-Source", "/" + "n".repeat(150)).fact())
        .isEqualTo(new Wake("n".repeat(64)));
    assertThatThrownBy(() -> decoded("Ce-Source", "n".repeat(201)))
        .hasMessage("source has 1 to 200 characters");
    assertThatThrownBy(() -> decoded("Ce-Id", "n".repeat(201)))
        .hasMessage("id has 1 to 200 characters");
  }

  @Test
  void anyTypeThatIsNotOursWakesInBinaryMode() throws MalformedEvent {
    assertThat(decoded("Ce-Type", "com.example.someevent").fact()).isInstanceOf(Wake.class);
  }

  @Test
  void aTypeOfOursIsReadStrictlyInBinaryMode() {
    assertThatThrownBy(() -> decoded("Ce-Type", "voting.vote.recorded.v1"))
        .hasMessage("data has a field that is not known");
  }

  private Event structured(String type) throws MalformedEvent {
    return codec.decode(
        """
        {"specversion":"1.0","id":"1","source":"/a/heartbeat","type":"%s","data":[1,2]}
        """
            .formatted(type)
            .getBytes(UTF_8));
  }

  @Test
  void onlyKnativesTypesWakeInStructuredMode() throws MalformedEvent {
    assertThat(structured("dev.knative.sources.ping").fact()).isEqualTo(new Wake("heartbeat"));
    for (String type : List.of("dev.knativex", "com.example.someevent")) {
      assertThatThrownBy(() -> structured(type)).hasMessage("type is not known");
    }
  }
}
