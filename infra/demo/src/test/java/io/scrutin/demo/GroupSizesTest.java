package io.scrutin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.election.Remains;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Fact;
import io.scrutin.event.TallyUpdated;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GroupSizesTest {
  private static final Instant OPEN = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant END = OPEN.plusSeconds(60);

  private final GroupSizes groups = new GroupSizes("law");
  private final Remains.Reader reader = groups.beside((_, _) -> {});

  private void tell(Fact fact, Instant at) {
    byte[] event = new EventCodec().encode(Event.first(fact, "test", at, null));
    reader.accept("stream", new String(event, StandardCharsets.UTF_8));
  }

  @Test
  void areWhatEachCountAddsToTheOneBefore() {
    tell(new TallyUpdated("law", 50), OPEN);
    tell(new TallyUpdated("law", 80), OPEN.plusSeconds(1));
    assertThat(groups.whileOpen()).containsExactly(50L, 30L);
  }

  @Test
  void areNoneForACountToldTwice() {
    tell(new TallyUpdated("law", 50), OPEN);
    tell(new TallyUpdated("law", 50), OPEN.plusSeconds(1));
    assertThat(groups.whileOpen()).containsExactly(50L);
  }

  @Test
  void leaveOutWhatIsOpenedAtTheEndAndOtherContests() {
    tell(new TallyUpdated("law", 50), OPEN);
    tell(new TallyUpdated("other", 51), OPEN);
    tell(new ContestClosed("law", END), OPEN);
    tell(new TallyUpdated("law", 53), END.plusSeconds(1));
    assertThat(groups.whileOpen()).containsExactly(50L);
  }

  @Test
  void knowWhatTheTallyHeldThoughNobodyToldOfIt() {
    groups.see(40, OPEN);
    assertThat(groups.whileOpen()).containsExactly(40L);
  }
}
