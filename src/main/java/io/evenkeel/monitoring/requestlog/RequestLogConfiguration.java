package io.evenkeel.monitoring.requestlog;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the log of requests. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestLogProperties.class)
class RequestLogConfiguration {
  @Bean
  RequestLog requestLog(RequestLogProperties properties, MeterRegistry meters) {
    return new RequestLog(properties, meters);
  }
}
