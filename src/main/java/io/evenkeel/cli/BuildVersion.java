package io.evenkeel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that was built, as {@code /actuator/info} shows it too. */
final class BuildVersion implements IVersionProvider {
  private static final String BUILD = "/META-INF/build-info.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream in = BuildVersion.class.getResourceAsStream(BUILD)) {
      if (in != null) {
        build.load(in);
      }
    }
    return new String[] {"evenkeel " + build.getProperty("build.version", "(not packaged)")};
  }
}
