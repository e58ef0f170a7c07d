package io.evenkeel.inference.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Keeps the native library from reporting to its maker. Left alone, ONNX Runtime 1.29 on Linux
 * gathers the process's name, an id of the machine and what models are loaded, and uploads them.
 * Gathering also overflows the stack of a thread of 2 MB, and so kills the process, where the
 * command line is longer than about 3900 characters, as a class path easily is.
 *
 * <p>The library asks the environment, and only before it starts, so the variable is set there: in
 * the C library's copy, which is what native code reads.
 */
final class Telemetry {
  private static final String OPT_OUT = "ORT_DISABLE_TELEMETRY";

  private Telemetry() {}

  /** Sets the opt-out. To be called before the library's environment is made. */
  static void optOut() {
    // Windows has no setenv; there the library leaves telemetry to the system's own settings.
    Optional<MemorySegment> setenv = Linker.nativeLinker().defaultLookup().find("setenv");
    setenv.ifPresent(function -> set(function, OPT_OUT, "1"));
  }

  @SuppressWarnings("restricted") // calling C is what this is for
  private static void set(MemorySegment setenv, String name, String value) {
    FunctionDescriptor signature =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    MethodHandle function = Linker.nativeLinker().downcallHandle(setenv, signature);
    int overwrite = 1;
    try (Arena arena = Arena.ofConfined()) {
      int failed =
          (int)
              function.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), overwrite);
      if (failed != 0) {
        throw new IllegalStateException("the environment variable " + name + " can't be set");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the environment variable " + name + " can't be set", e);
    }
  }
}
