package io.evenkeel.inference.internal;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process's one ONNX Runtime environment, and the translation of its errors into texts that may
 * leave the process. Thread-safe.
 */
public final class NativeRuntime {
  /** The library writes to stderr, past our logging: what it says below ERROR is left unsaid. */
  public static final OrtEnvironment ENVIRONMENT = create();

  private static final Pattern FAILED_NODE = Pattern.compile("while running (\\w+) node");
  private static final Pattern CODE_PREFIX = Pattern.compile("^Error code - \\w+ - message: ");
  private static final Pattern SOURCE_PLACE =
      Pattern.compile("/onnxruntime_src/\\S+ [^(]*\\([^)]*\\) ");

  private NativeRuntime() {}

  private static OrtEnvironment create() {
    Telemetry.optOut();
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "evenkeel");
  }

  /**
   * Why a graph couldn't be loaded, in one line, without the folder it lies in and without places
   * in the library's sources.
   */
  public static String loadFailure(OrtException failure, Path graph) {
    String text = CODE_PREFIX.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
    text = SOURCE_PLACE.matcher(text).replaceAll("");
    Path folder = graph.getParent();
    if (folder != null) {
      text = text.replace(folder + graph.getFileSystem().getSeparator(), "");
      text = text.replace(folder.toString(), "the model's folder");
    }
    return text.lines().findFirst().orElse("") + " (" + failure.getCode() + ")";
  }

  /**
   * Why a run failed: the code and the failed operator only, because the rest of the library's
   * message can quote values (a failed Gather says which index it was given).
   */
  public static String runFailure(OrtException failure) {
    Matcher node = FAILED_NODE.matcher(String.valueOf(failure.getMessage()));
    return "the graph failed"
        + (node.find() ? " in an operator " + node.group(1) : "")
        + " ("
        + failure.getCode()
        + ")";
  }
}
