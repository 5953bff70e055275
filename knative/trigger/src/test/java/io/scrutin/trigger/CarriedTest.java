package io.scrutin.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CarriedTest {
  @Test
  void isSettledOnlyWithTheLastOfItsEvents() {
    Carried message = new Carried(3);
    assertThat(message.settled()).isEqualTo(new Carried.End.Open());
    assertThat(message.settled()).isEqualTo(new Carried.End.Open());
    assertThat(message.settled()).isEqualTo(new Carried.End.Settled());
  }

  @Test
  void comesAgainWhenOneOfItsEventsHasTo() {
    Carried message = new Carried(3);
    assertThat(message.again(4)).isEqualTo(new Carried.End.Open());
    assertThat(message.settled()).isEqualTo(new Carried.End.Open());
    assertThat(message.again(2)).isEqualTo(new Carried.End.Again(4));
  }

  @Test
  void isGivenBackWhenOneOfItsEventsIs() {
    Carried message = new Carried(3);
    assertThat(message.again(4)).isEqualTo(new Carried.End.Open());
    assertThat(message.giveBack()).isEqualTo(new Carried.End.Open());
    assertThat(message.settled()).isEqualTo(new Carried.End.GiveBack());
  }
}
