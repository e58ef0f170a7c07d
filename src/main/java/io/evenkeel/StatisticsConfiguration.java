package io.evenkeel;

import io.evenkeel.control.RouteControl;
import io.evenkeel.monitoring.statistics.StatisticsWatch;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the statistics of the traffic together. */
@Configuration(proxyBeanMethods = false)
class StatisticsConfiguration {
  @Bean
  StatisticsWatch statisticsWatch(RouteControl control) {
    String server = Objects.requireNonNullElse(System.getenv("HOSTNAME"), "server");
    return new StatisticsWatch(control, server, InstantSource.system());
  }
}
