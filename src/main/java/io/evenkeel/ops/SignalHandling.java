package io.evenkeel.ops;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Handles operating system signals through {@code sun.misc.Signal} of the module {@code
 * jdk.unsupported}, the one way to act before the JVM's shutdown hooks do. By reflection, because
 * the compiler's warning about it can't be silenced in one place.
 */
final class SignalHandling {
  private SignalHandling() {}

  /**
   * Calls the handler with the signal's number, on a thread of the JVM, in place of its own
   * shutdown.
   *
   * @param name without the prefix SIG
   * @throws IllegalStateException if this JVM can't hand signals over
   */
  static void handle(String name, IntConsumer handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
      Method number = signal.getMethod("getNumber");
      Object proxy =
          Proxy.newProxyInstance(
              signalHandler.getClassLoader(),
              new Class<?>[] {signalHandler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  handler.accept((int) number.invoke(arguments[0]));
                }
                return null;
              });
      Object named = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, signalHandler).invoke(null, named, proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM can't hand the signal " + name + " over", e);
    }
  }
}
