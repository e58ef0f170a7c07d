package io.evenkeel;

import io.evenkeel.admission.Lane;
import io.evenkeel.admission.LaneSettings;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.api.ApiProperties;
import io.evenkeel.api.JsonBodies;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.RegistryProperties;
import io.evenkeel.registry.VersionLoader;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.RoutesFile;
import io.evenkeel.routing.RoutingProperties;
import io.evenkeel.serving.PredictionService;
import io.evenkeel.serving.RequestValidation;
import io.evenkeel.serving.ServingMeters;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.validation.Validator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts that know no Spring together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  AdmissionProperties.class,
  ApiProperties.class,
  RegistryProperties.class,
  RoutingProperties.class
})
class EvenkeelConfiguration {
  @Bean
  LatencyBudget latencyBudget(AdmissionProperties properties) {
    return properties.budget();
  }

  @Bean
  JsonBodies jsonBodies(ApiProperties limits) {
    return new JsonBodies(limits);
  }

  @Bean
  VersionLoader versionLoader(JsonBodies bodies, LatencyBudget budget, BulkheadRegistry bulkheads) {
    return new VersionLoader(
        bodies.mapper(),
        (name, slots) -> new Lane(name, LaneSettings.forSlots(budget, slots), bulkheads));
  }

  @Bean
  ModelRegistry modelRegistry(RegistryProperties properties, VersionLoader loader) {
    return new ModelRegistry(properties.path(), loader);
  }

  @Bean
  Router router(ModelRegistry registry, RegistryProperties models, RoutingProperties routing) {
    return new Router(registry, RoutesFile.read(models.path()), routing.defaultModel());
  }

  @Bean
  PredictionService predictionService(Router router, Validator validator) {
    return new PredictionService(router, new RequestValidation(validator));
  }

  @Bean
  ServingMeters servingMeters(MeterRegistry meters) {
    return new ServingMeters(meters);
  }
}
