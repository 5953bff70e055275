package io.scrutin.simulation;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An interface of a client library of which the product uses a few methods: these are answered, and
 * any other fails, so that a use that is new is noticed.
 */
final class Facade<T> {
  /** What a method answers. */
  interface Answering {
    @Nullable Object answer(Object[] call) throws Throwable;
  }

  private final Class<T> type;
  private final Map<String, Answering> methods = new HashMap<>();

  private Facade(Class<T> type) {
    this.type = type;
  }

  static <T> Facade<T> of(Class<T> type) {
    return new Facade<>(type);
  }

  /** All methods of this name, whatever their parameters. */
  Facade<T> answering(String method, Answering answering) {
    methods.put(method, answering);
    return this;
  }

  T made() {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, call) -> {
              Object[] parameters = call == null ? new Object[0] : call;
              Answering answering = methods.get(method.getName());
              if (answering != null) {
                return answering.answer(parameters);
              }
              return switch (method.getName()) {
                case "equals" -> self == parameters[0];
                case "hashCode" -> System.identityHashCode(self);
                case "toString" -> "simulated " + type.getSimpleName();
                default ->
                    throw new UnsupportedOperationException(
                        "the simulation knows no " + type.getSimpleName() + "." + method.getName());
              };
            }));
  }
}
