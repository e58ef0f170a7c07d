package io.evenkeel;

import io.evenkeel.security.Gatekeeper;
import io.evenkeel.security.Quotas;
import io.evenkeel.security.SecurityProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together who knows the callers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityConfiguration {
  @Bean
  Gatekeeper gatekeeper(SecurityProperties settings, MeterRegistry meters) {
    return new Gatekeeper(settings, InstantSource.system(), meters);
  }

  @Bean
  Quotas quotas(SecurityProperties settings) {
    return new Quotas(settings.quotas());
  }
}
