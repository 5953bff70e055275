package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.broker.StreamSizes;
import org.junit.jupiter.api.Test;

/** Before a stream is declared that its disk could not hold: it would refuse votes at noon. */
class SmallDiskTest {
  private static final int NATION = 8_000_000;

  @Test
  void refusesADiskWithoutRoomForOneCastOfEachVoterAndSaysWhatToDo() {
    StreamSizes least = StreamSizes.forRollIn(NATION, 1_000_000);
    long room = least.reservedBytes() - 1;
    assertThatThrownBy(() -> LocalServers.refuseTooSmallADisk(NATION, least, room))
        .hasMessageContaining("8,000,000 voters")
        .hasMessageContaining("say fewer --voters, or a --dir on a larger disk");
  }

  @Test
  void takesADiskThatHasJustThatRoom() {
    StreamSizes least = StreamSizes.forRollIn(NATION, 1_000_000);
    assertThatCode(() -> LocalServers.refuseTooSmallADisk(NATION, least, least.reservedBytes()))
        .doesNotThrowAnyException();
  }
}
