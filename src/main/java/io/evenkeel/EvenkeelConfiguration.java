package io.evenkeel;

import io.evenkeel.admission.Lane;
import io.evenkeel.admission.LaneWatch;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.api.ApiProperties;
import io.evenkeel.api.JsonBodies;
import io.evenkeel.audit.AuditTrail;
import io.evenkeel.control.RouteControl;
import io.evenkeel.control.remediation.RemediationControl;
import io.evenkeel.control.rollouts.RolloutControl;
import io.evenkeel.control.rollouts.RolloutObserver;
import io.evenkeel.control.store.PredictionKeys;
import io.evenkeel.control.store.StateOpening;
import io.evenkeel.control.store.StateProperties;
import io.evenkeel.monitoring.ValidationWatch;
import io.evenkeel.monitoring.watch.DriftProperties;
import io.evenkeel.monitoring.watch.DriftStore;
import io.evenkeel.monitoring.watch.DriftWatch;
import io.evenkeel.registry.ArtifactProperties;
import io.evenkeel.registry.LiveRules;
import io.evenkeel.registry.LoadingThread;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelsWatch;
import io.evenkeel.registry.RegistryProperties;
import io.evenkeel.registry.RowInspections;
import io.evenkeel.registry.SignatureProperties;
import io.evenkeel.registry.TracedExecutor;
import io.evenkeel.registry.VersionLoader;
import io.evenkeel.registry.artifact.Artifacts;
import io.evenkeel.routing.RouteCheck;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routes;
import io.evenkeel.routing.RoutesFile;
import io.evenkeel.routing.RoutingProperties;
import io.evenkeel.routing.remediation.RemediationPolicy;
import io.evenkeel.routing.remediation.SignalSource;
import io.evenkeel.serving.AnswerCaches;
import io.evenkeel.serving.FallbackCheck;
import io.evenkeel.serving.Observers;
import io.evenkeel.serving.PredictionService;
import io.evenkeel.serving.RequestValidation;
import io.evenkeel.serving.RuleMeters;
import io.evenkeel.serving.ServingMeters;
import io.evenkeel.serving.ValidationService;
import io.evenkeel.serving.shadow.Shadow;
import io.evenkeel.serving.shadow.ShadowProperties;
import io.evenkeel.serving.spi.PredictionObserver;
import io.evenkeel.serving.spi.RequestTraces;
import io.evenkeel.serving.spi.ShadowObserver;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.registry.RegistryEventConsumer;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.validation.Validator;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Puts the parts that know no Spring together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  AdmissionProperties.class,
  ApiProperties.class,
  ArtifactProperties.class,
  RegistryProperties.class,
  DriftProperties.class,
  RemediationPolicy.class,
  RoutingProperties.class,
  ShadowProperties.class,
  SignatureProperties.class,
  StateProperties.class
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

  /**
   * Instead of Resilience4j's own bean, which keeps each bulkhead's last hundred events: a request
   * makes two.
   */
  @Bean
  BulkheadRegistry bulkheadRegistry(RegistryEventConsumer<Bulkhead> meters) {
    return BulkheadRegistry.of(BulkheadConfig.ofDefaults(), meters);
  }

  /** For the same reason. */
  @Bean
  CircuitBreakerRegistry circuitBreakerRegistry(MeterRegistry meters) {
    return CircuitBreakerRegistry.of(CircuitBreakerConfig.ofDefaults(), new BreakerMeters(meters));
  }

  @Bean
  LaneWatch laneWatch() {
    return new LaneWatch();
  }

  @Bean
  VersionLoader versionLoader(
      JsonBodies bodies,
      AdmissionProperties admission,
      Lane.Surroundings surroundings,
      RegistryProperties models,
      Artifacts artifacts,
      RequestTraces traces,
      RowInspections inspections) {
    return new VersionLoader(
        bodies.mapper(),
        (name, parts) ->
            new Lane<>(
                name,
                admission.lane(parts.executors().size()),
                traces.arePossible() ? TracedExecutor.in(parts) : parts,
                surroundings),
        models.cards(),
        artifacts,
        inspections);
  }

  @Bean
  Artifacts artifacts(ArtifactProperties files, SignatureProperties signatures) {
    Artifacts artifacts = new Artifacts(files.policy(), signatures.check());
    artifacts.deleteLeftovers();
    return artifacts;
  }

  @Bean
  Lane.Surroundings surroundings(
      BulkheadRegistry bulkheads, CircuitBreakerRegistry breakers, LaneWatch watch) {
    return new Lane.Surroundings(bulkheads, breakers, watch);
  }

  @Bean
  Routes routes(RegistryProperties models) {
    return RoutesFile.read(models.path());
  }

  @Bean
  ModelRegistry modelRegistry(RegistryProperties properties, VersionLoader loader) {
    return new ModelRegistry(properties.path(), loader);
  }

  @Bean
  LoadingThread loadingThread(
      RegistryProperties properties, ModelRegistry registry, Router router) {
    ModelsWatch watch =
        new ModelsWatch(properties, registry, router::leadsTo, InstantSource.system());
    return new LoadingThread(watch, properties.poll());
  }

  @Bean
  Router router(ModelRegistry registry, Routes routes, RoutingProperties routing) {
    return new Router(registry, routes, routing.defaultModel(), InstantSource.system());
  }

  @Bean
  RouteControl routeControl(
      Router router, RegistryProperties models, ObjectProvider<AuditTrail> audit) {
    AuditTrail trail = audit.getIfAvailable();
    return trail == null
        ? new RouteControl(router, models.path())
        : new RouteControl(router, models.path(), trail::changed);
  }

  /** Keeps what it knows when it ends, so the control state must still be open then. */
  @Bean
  @DependsOn("stateOpening")
  DriftWatch driftWatch(
      DriftProperties properties,
      ModelRegistry registry,
      Router router,
      RouteControl control,
      MeterRegistry meters) {
    String server =
        properties.server().isEmpty()
            ? Objects.requireNonNullElse(System.getenv("HOSTNAME"), "server")
            : properties.server();
    InstantSource clock = InstantSource.system();
    DriftStore store = new DriftStore(control, server, clock);
    return new DriftWatch(properties, registry, router, store, meters, clock);
  }

  @Bean
  RemediationControl remediationControl(
      RouteControl control, Router router, List<SignalSource> sources, RemediationPolicy policy) {
    return new RemediationControl(control, router, sources, policy, InstantSource.system());
  }

  /** Other processes can be there only where the control state is a server's. */
  @Bean
  RolloutControl rolloutControl(RouteControl control, StateProperties state) {
    return new RolloutControl(control, InstantSource.system(), state.isShared());
  }

  @Bean
  RolloutObserver rolloutObserver(RolloutControl rollouts) {
    return new RolloutObserver(rollouts, InstantSource.system());
  }

  @Bean
  RouteCheck routeCheck(Router router) {
    return new RouteCheck(router);
  }

  @Bean
  StateOpening stateOpening(StateProperties properties, PredictionKeys keys) {
    return new StateOpening(properties, InstantSource.system(), keys);
  }

  @Bean
  AnswerCaches answerCaches(MeterRegistry meters) {
    return new AnswerCaches(meters);
  }

  @Bean
  RequestValidation requestValidation(Validator validator) {
    return new RequestValidation(validator);
  }

  @Bean
  PredictionService predictionService(
      Router router, RequestValidation validation, AnswerCaches caches, Observers observers) {
    return new PredictionService(router, validation, caches, observers);
  }

  @Bean
  ValidationService validationService(Router router, RequestValidation validation) {
    return new ValidationService(router, validation);
  }

  @Bean
  Observers observers(List<PredictionObserver> observers, MeterRegistry meters) {
    return new Observers(observers, meters);
  }

  @Bean
  RuleMeters ruleMeters(MeterRegistry meters) {
    return new RuleMeters(meters);
  }

  @Bean
  ValidationWatch validationWatch() {
    return new ValidationWatch(InstantSource.system());
  }

  @Bean
  Shadow shadow(
      Router router,
      ShadowProperties properties,
      LatencyBudget budget,
      ObjectProvider<ShadowObserver> observers,
      MeterRegistry meters) {
    Shadow.Settings settings = new Shadow.Settings(properties, budget);
    return new Shadow(
        router, settings, observers.orderedStream().toList(), meters, InstantSource.system());
  }

  @Bean
  LiveRules liveRules(ModelRegistry registry, RegistryProperties properties) {
    return new LiveRules(registry, properties.path());
  }

  @Bean
  FallbackCheck fallbackCheck(ModelRegistry registry) {
    return new FallbackCheck(registry);
  }

  @Bean
  ServingMeters servingMeters(MeterRegistry meters) {
    return new ServingMeters(meters);
  }
}
