package io.scrutin.trigger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A response's body, unless it is too large to be one of ours. */
final class BoundedBody implements BodySubscriber<byte[]> {
  /** Twice what a function takes in: the answers may be longer than the questions. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  static final class TooLarge extends IOException {
    TooLarge() {
      super("a body over " + MAX_BYTES + " bytes");
    }
  }

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      if (content.size() + part.remaining() > MAX_BYTES) {
        body.completeExceptionally(new TooLarge());
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      content.writeBytes(bytes);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(content.toByteArray());
  }
}
