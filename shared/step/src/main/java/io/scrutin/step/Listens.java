package io.scrutin.step;

import io.scrutin.event.EventType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a step has brought to it. The one declaration of it: standalone binds by it, and the
 * annotations of the function's Knative Service are held against it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Listens.Several.class)
public @interface Listens {
  /** How events reach a function. */
  enum By {
    /** Each event, in batches, until it is answered. */
    STREAM,
    /** One call for as many events as there are: the function knows where its work lies. */
    WAKE,
    /** Asked and answered over core NATS. */
    REQUEST
  }

  /** For those that say no other, here or in an annotation of their Service. */
  int PAUSE_MILLIS = 10;

  /** Names the binding: the durable, or the queue group. The function's name, or begins with it. */
  String as();

  EventType to();

  By by() default By.STREAM;

  /** The most events in one call, or the most that one wake stands for. */
  int batch();

  /** The most calls at the same time, which Knative's autoscaler turns into replicas. */
  int inFlight() default 4;

  /**
   * The least time between two calls while there is less than a batch to bring. A call costs about
   * the same whether it brings one event or fifty, and without a pause most bring few:
   * docs/performance.md has what it saves.
   */
  int pauseMillis() default PAUSE_MILLIS;

  /**
   * How long events that end a silence wait, while the functions start that a voter waits for: for
   * a step whose work nobody waits for. After a silence all start at once, on the same cores.
   */
  int afterSilenceMillis() default 0;

  /** What repeats {@link Listens}. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Several {
    Listens[] value();
  }
}
