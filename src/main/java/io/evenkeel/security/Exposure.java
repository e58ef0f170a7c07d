package io.evenkeel.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sees to it that a server which knows no callers is reached from its own machine only, unless it
 * is meant to be open. It has to be known before anything listens, so it is decided with the
 * settings.
 */
public final class Exposure implements EnvironmentPostProcessor, Ordered {
  private static final String SERVER = "server.address";
  private static final String OPERATIONS = "management.server.address";
  private static final String DETAILS = "management.endpoint.health.show-details";
  private static final String LOOPBACK = "127.0.0.1";

  private final Log log;

  /** Made by Spring Boot, before there is a log. */
  public Exposure(DeferredLogFactory logs) {
    this.log = logs.getLog(Exposure.class);
  }

  /** After the files of settings are read. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  /**
   * Decides.
   *
   * @throws ExposedServerException if the settings would let anybody in without saying so, or
   *     contradict each other
   */
  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    SecurityProperties settings =
        Binder.get(environment).bindOrCreate("evenkeel.security", SecurityProperties.class);
    String keys = environment.getProperty("evenkeel.security.keys");
    if (keys != null && !settings.hasKeys()) {
      throw new ExposedServerException(
          "evenkeel.security.keys names " + keys + ", but no such file is there",
          "make it with `evenkeel key create --keys " + keys + "`, or name another");
    }
    addLast(
        environment,
        // Names of models and the like, for whoever is known.
        Map.of(DETAILS, settings.knowsCallers() ? "when-authorized" : "always"));
    if (settings.knowsCallers()) {
      refuseContradiction(settings);
    } else if (settings.open()) {
      log.warn(
          "evenkeel.security.open is set: anybody who reaches this server may use it. That is for"
              + " demonstrations; `evenkeel key create` makes the first key");
    } else {
      closeIn(environment);
    }
  }

  private static void refuseContradiction(SecurityProperties settings) {
    if (settings.open()) {
      throw new ExposedServerException(
          "evenkeel.security.open says that nobody needs a credential, but there are some: "
              + (settings.hasKeys() ? "the file of keys " + settings.keys() : "see the settings"),
          "remove evenkeel.security.open, or what is set of keys, jwt and certificates");
    }
  }

  private void closeIn(ConfigurableEnvironment environment) {
    boolean isApart = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
    List<String> names = isApart ? List.of(SERVER, OPERATIONS) : List.of(SERVER);
    for (String name : names) {
      String address = environment.getProperty(name);
      if (address != null && !isLoopback(address)) {
        throw new ExposedServerException(
            name
                + " is "
                + address
                + ", where others reach the server, but it has no way to know its callers",
            "make a key with `evenkeel key create` (docs/security.md has the other ways), or leave "
                + name
                + " out, so that only this machine reaches it. evenkeel.security.open=true lets"
                + " anybody in");
      }
    }
    Map<String, Object> loopback = new LinkedHashMap<>();
    names.forEach(name -> loopback.put(name, LOOPBACK));
    addLast(environment, loopback);
    log.info(
        "No credentials are configured, so this server listens on "
            + LOOPBACK
            + " only. To let others in, make a key with `evenkeel key create`, or set"
            + " evenkeel.security.open=true to let in anybody (docs/security.md)");
  }

  /** Last: what is set by hand counts. */
  private static void addLast(ConfigurableEnvironment environment, Map<String, Object> values) {
    String name = "exposure of " + String.join(", ", values.keySet());
    environment.getPropertySources().addLast(new MapPropertySource(name, values));
  }

  private static boolean isLoopback(String address) {
    try {
      return Stream.of(InetAddress.getAllByName(address)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The settings would let anybody in. */
  public static final class ExposedServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String mend;

    ExposedServerException(String cause, String mend) {
      super(cause);
      this.mend = mend;
    }

    String mend() {
      return mend;
    }
  }
}
