package io.scrutin.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.scrutin.event.StreamName;
import org.junit.jupiter.api.Test;

final class StreamsTest extends OnNats {
  @Test
  void declaringTwiceChangesNothing() throws Exception {
    publisher.publish(recorded(1)).join();
    Streams.declare(connection(), environment, SIZES);
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(1);
  }

  @Test
  void declaringLargerSizesTakesThemOn() throws Exception {
    Streams.declare(connection(), environment, new StreamSizes(128 << 20, 1 << 20, 1));
    assertThat(configuration(StreamName.CASTS).getMaxBytes()).isEqualTo(128 << 20);
    assertThat(configuration(StreamName.VOTES).getMaxBytes()).isGreaterThan(5L * (128 << 20));
  }

  /** The broker would drop the oldest for it: votes that were accepted. */
  @Test
  void declaringSmallerSizesTakesNoRoomBackAndNoVote() throws Exception {
    for (int vote = 1; vote <= 20; vote++) {
      publisher.publish(recorded(vote)).join();
    }
    StreamSizes smaller = new StreamSizes(1_024, 1_024, 1);
    assertThat(smaller.bytes(StreamName.CASTS)).isLessThan(SIZES.bytes(StreamName.CASTS));
    Streams.declare(connection(), environment, smaller);
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(20);
    assertThat(configuration(StreamName.CASTS).getMaxBytes())
        .isEqualTo(SIZES.bytes(StreamName.CASTS));
    assertThat(configuration(StreamName.PARKED).getMaxBytes())
        .isEqualTo(SIZES.bytes(StreamName.PARKED));
  }

  @Test
  void theyAreDeclaredOnceTheyWere() throws Exception {
    assertThat(Streams.areDeclared(connection(), environment)).isTrue();
    assertThat(Streams.areDeclared(connection(), "another")).isFalse();
  }

  @Test
  void streamsAreKeptOnFileAndRefuseWhatDoesNotFit() throws Exception {
    StreamConfiguration votes = configuration(StreamName.VOTES);
    assertThat(votes.getStorageType()).isEqualTo(StorageType.File);
    assertThat(votes.getRetentionPolicy()).isEqualTo(RetentionPolicy.Limits);
    assertThat(votes.getDiscardPolicy()).isEqualTo(DiscardPolicy.New);
    assertThat(votes.getDuplicateWindow()).isEqualTo(Streams.DUPLICATE_WINDOW);
    assertThat(votes.getMaxAge()).isZero();
    assertThat(votes.getSubjects())
        .containsExactlyInAnyOrderElementsOf(StreamName.VOTES.subjects(environment));
  }
}
