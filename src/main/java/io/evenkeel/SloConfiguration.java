package io.evenkeel;

import io.evenkeel.control.rollouts.RolloutControl;
import io.evenkeel.control.rollouts.RolloutMeters;
import io.evenkeel.monitoring.feedback.FeedbackProperties;
import io.evenkeel.monitoring.feedback.QualityProperties;
import io.evenkeel.monitoring.feedback.QualityWatch;
import io.evenkeel.monitoring.slo.LatencyThresholds;
import io.evenkeel.monitoring.slo.MeteredRequests;
import io.evenkeel.monitoring.slo.QualityPromises;
import io.evenkeel.monitoring.slo.SloMeters;
import io.evenkeel.monitoring.slo.SloProperties;
import io.evenkeel.monitoring.slo.SloWatch;
import io.evenkeel.registry.ModelRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the objectives together, and the meters of rollouts that the alerts need. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SloProperties.class)
class SloConfiguration {
  @Bean
  static LatencyThresholds latencyThresholds(SloProperties properties) {
    return new LatencyThresholds(properties.objectives());
  }

  @Bean
  SloWatch sloWatch(SloProperties properties, MeterRegistry meters, ModelRegistry models) {
    SloWatch watch =
        new SloWatch(properties, new MeteredRequests(meters), System::nanoTime, Instant.now());
    models.all().forEach(watch::added);
    SloMeters.bind(watch, meters);
    return watch;
  }

  @Bean
  QualityPromises qualityPromises(
      SloProperties properties,
      QualityProperties settings,
      FeedbackProperties kept,
      QualityWatch quality,
      MeterRegistry meters,
      ModelRegistry models) {
    QualityPromises promises =
        new QualityPromises(
            properties.objectives(),
            Math.min(settings.window(), kept.maxPredictions()),
            (model, version) -> models.find(model, version) != null,
            meters);
    models.all().forEach(promises::added);
    quality.follow(promises);
    return promises;
  }

  @Bean
  RolloutMeters rolloutMeters(RolloutControl rollouts, MeterRegistry meters, ModelRegistry models) {
    RolloutMeters found = new RolloutMeters(rollouts, meters);
    models.all().forEach(found::added);
    return found;
  }
}
