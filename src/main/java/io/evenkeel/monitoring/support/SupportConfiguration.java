package io.evenkeel.monitoring.support;

import io.evenkeel.registry.RowInspections;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes what holds rows against the training data. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WarningProperties.class)
class SupportConfiguration {
  @Bean
  RowInspections rowInspections(WarningProperties properties) {
    return new Supports(properties);
  }

  @Bean
  OutlierMeters outlierMeters(MeterRegistry registry) {
    return new OutlierMeters(registry);
  }
}
