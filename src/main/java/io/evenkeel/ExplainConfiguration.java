package io.evenkeel;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.explain.Bases;
import io.evenkeel.explain.ExplainService;
import io.evenkeel.explain.ImportanceProperties;
import io.evenkeel.explain.ImportanceWatch;
import io.evenkeel.routing.Router;
import io.evenkeel.serving.RequestValidation;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Puts explanations together, and the watch over what matters to the answers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportanceProperties.class)
class ExplainConfiguration {
  @Bean
  Bases bases() {
    return new Bases();
  }

  @Bean
  ExplainService explainService(
      Router router, RequestValidation validation, Bases bases, MeterRegistry meters) {
    return new ExplainService(router, validation, bases, meters);
  }

  /** It runs models, and so ends before they are freed. */
  @Bean(initMethod = "start")
  @DependsOn("modelRegistry")
  ImportanceWatch importanceWatch(
      ImportanceProperties properties, Bases bases, LatencyBudget budget, MeterRegistry meters) {
    return new ImportanceWatch(properties, bases, budget.of(Endpoint.BATCH), meters);
  }
}
