package io.evenkeel;

import io.evenkeel.control.rollouts.RolloutControl;
import io.evenkeel.control.rollouts.RolloutOutcomes;
import io.evenkeel.control.store.PredictionKeys;
import io.evenkeel.control.store.StateOpening;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.monitoring.feedback.Feedback;
import io.evenkeel.monitoring.feedback.FeedbackProperties;
import io.evenkeel.monitoring.feedback.FeedbackThread;
import io.evenkeel.monitoring.feedback.OutcomeListener;
import io.evenkeel.monitoring.feedback.PredictionRecorder;
import io.evenkeel.monitoring.feedback.QualityProperties;
import io.evenkeel.monitoring.feedback.QualityWatch;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.serving.Observers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts feedback together, and tells those who want to know. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({FeedbackProperties.class, QualityProperties.class})
class FeedbackConfiguration {
  @Bean
  PredictionKeys predictionKeys(ObjectProvider<Keyring> keyring, MeterRegistry meters) {
    Counter unreadable =
        Counter.builder("evenkeel.feedback.unreadable")
            .description("Kept predictions that couldn't be read, each time they were met")
            .register(meters);
    return new PredictionKeys(keyring.getIfAvailable(), unreadable::increment);
  }

  @Bean
  FeedbackThread feedbackThread(StateOpening opening) {
    return new FeedbackThread(opening.predictions());
  }

  @Bean
  PredictionRecorder predictionRecorder(FeedbackProperties settings, MeterRegistry meters) {
    Counter dropped = Observers.dropped(meters, "feedback");
    return new PredictionRecorder(settings, InstantSource.system(), dropped::increment);
  }

  @Bean
  QualityWatch qualityWatch(
      QualityProperties settings,
      FeedbackThread thread,
      ModelRegistry registry,
      MeterRegistry meters) {
    return new QualityWatch(settings, thread, registry, InstantSource.system(), meters);
  }

  @Bean
  RolloutOutcomes rolloutOutcomes(RolloutControl rollouts) {
    return new RolloutOutcomes(rollouts, InstantSource.system());
  }

  @Bean
  Feedback feedback(
      FeedbackProperties settings,
      FeedbackThread thread,
      PredictionRecorder recorder,
      QualityWatch quality,
      List<OutcomeListener> listeners) {
    return new Feedback(settings, thread, recorder, quality, listeners, InstantSource.system());
  }
}
