package io.scrutin.simulation;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An interface of a client library of which the product uses a few methods: these are answered, and
 * any other fails, so that a use that is new is noticed.
 *
 * @param <T> the interface
 * @param <S> who answers
 */
final class Facade<T, S> {
  /** What a method answers. */
  interface Answering<S> {
    @Nullable Object answer(S behind, Object[] call) throws Throwable;
  }

  private static final Object[] NOTHING = {};

  private final Class<T> type;
  private final Constructor<?> constructor;
  private final Map<String, Answering<S>> methods = new HashMap<>();

  private Facade(Class<T> type) {
    this.type = type;
    Object any =
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> null);
    try {
      // Looked up once: a seed makes tens of thousands of them.
      constructor = any.getClass().getConstructor(InvocationHandler.class);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static <T, S> Facade<T, S> of(Class<T> type) {
    return new Facade<>(type);
  }

  /** All methods of this name, whatever their parameters. */
  Facade<T, S> answering(String method, Answering<S> answering) {
    methods.put(method, answering);
    return this;
  }

  T before(S behind) {
    InvocationHandler handler =
        (self, method, call) -> {
          Answering<S> answering = methods.get(method.getName());
          return answering == null
              ? ofAnyObject(self, method, call)
              : answering.answer(behind, call == null ? NOTHING : call);
        };
    try {
      return type.cast(constructor.newInstance(handler));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Object ofAnyObject(Object self, Method method, Object[] call) {
    return switch (method.getName()) {
      case "equals" -> self == call[0];
      case "hashCode" -> System.identityHashCode(self);
      case "toString" -> "simulated " + type.getSimpleName();
      default ->
          throw new UnsupportedOperationException(
              "the simulation knows no " + type.getSimpleName() + "." + method.getName());
    };
  }
}
