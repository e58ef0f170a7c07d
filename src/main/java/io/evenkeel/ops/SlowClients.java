package io.evenkeel.ops;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Tells Tomcat's protocol how slowly a request may come. */
@Component
@EnableConfigurationProperties(Pace.class)
final class SlowClients implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private final Pace pace;

  SlowClients(Pace pace) {
    this.pace = pace;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addProtocolHandlerCustomizers(protocol -> {
      if (protocol instanceof PatientProtocol patient) {
        patient.require(pace);
      }
    });
  }
}
