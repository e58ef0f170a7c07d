package io.evenkeel.api;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.audit.AuditTrail;
import io.evenkeel.control.RouteControl;
import io.evenkeel.control.rollouts.RolloutControl;
import io.evenkeel.explain.ExplainService;
import io.evenkeel.explain.ImportanceWatch;
import io.evenkeel.monitoring.ValidationWatch;
import io.evenkeel.monitoring.feedback.Feedback;
import io.evenkeel.monitoring.feedback.QualityWatch;
import io.evenkeel.monitoring.requestlog.RequestLog;
import io.evenkeel.monitoring.statistics.StatisticsWatch;
import io.evenkeel.monitoring.watch.DriftWatch;
import io.evenkeel.registry.LoadingThread;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.routing.Router;
import io.evenkeel.security.Gatekeeper;
import io.evenkeel.security.Quotas;
import io.evenkeel.serving.PredictionService;
import io.evenkeel.serving.ServingMeters;
import io.evenkeel.serving.ValidationService;
import io.evenkeel.serving.shadow.Shadow;
import io.evenkeel.serving.spi.RequestTraces;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.web.filter.RequestContextFilter;

/** Registers the servlet under {@code /v1}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdminProperties.class)
class ApiConfiguration {
  /** Who has waited for one part in this many of the single budget is overtaken. */
  private static final int LONG_WAIT_PART = 10;

  private static final String ERROR_SERVLET = "error";

  /** More than this many who wait for each processor are a crowd. */
  private static final int CROWD_PER_PROCESSOR = 128;

  @Bean
  Answers answers(JsonBodies bodies) {
    return new Answers(bodies);
  }

  @Bean
  Access access(Gatekeeper gate, Quotas quotas, ModelRegistry registry) {
    return new Access(gate, quotas, model -> registry.findVersions(model) != null);
  }

  /** Everything but {@code /v1}, whose servlets ask by themselves. */
  @Bean
  FilterRegistrationBean<FilterChainProxy> pagesGuard(
      Access access, Answers answers, Gatekeeper gate, WebEndpointProperties endpoints) {
    var registration = new FilterRegistrationBean<>(GuardFilter.chain(access, answers, endpoints));
    registration.setServletNames(List.of("dispatcherServlet", ERROR_SERVLET));
    registration.setEnabled(gate.guards());
    registration.setName("pagesGuard");
    return registration;
  }

  @Bean
  PredictionServlet.Settings predictionSettings(
      Access access,
      ValidationService validation,
      ExplainService explanations,
      ImportanceWatch importance,
      ValidationWatch watch,
      DriftWatch drift,
      Shadow shadow,
      QualityWatch quality,
      StatisticsWatch statistics,
      ModelRegistry registry,
      Router router,
      LatencyBudget budget,
      ApiProperties limits,
      ServingMeters meters,
      RequestWatch requests,
      ObjectProvider<AuditTrail> audit) {
    return new PredictionServlet.Settings(
        access,
        validation,
        explanations,
        new ReportDescription(registry, watch, drift, importance),
        new ShadowDescription(registry, shadow),
        new QualityDescription(registry, quality),
        new StatisticsDescription(statistics),
        new Catalogue(registry, router),
        meters,
        requests,
        budget,
        limits,
        audit(audit));
  }

  /** Null where nothing is recorded. */
  private static @Nullable RequestAudit audit(ObjectProvider<AuditTrail> trail) {
    AuditTrail found = trail.getIfAvailable();
    return found == null ? null : new RequestAudit(found);
  }

  @Bean
  RequestWatch requestWatch(RequestTraces traces, RequestLog log) {
    return new RequestWatch(traces, log);
  }

  @Bean
  EnvelopeReader envelopeReader(JsonBodies bodies, ApiProperties limits) {
    return new EnvelopeReader(bodies, limits.maxInstances());
  }

  @Bean
  ServletRegistrationBean<PredictionServlet> predictionServlet(
      PredictionService service,
      EnvelopeReader reader,
      Answers answers,
      PredictionServlet.Settings settings) {
    var registration =
        new ServletRegistrationBean<>(
            new PredictionServlet(service, reader, answers, settings), "/v1/*");
    registration.setLoadOnStartup(1);
    registration.setName("v1");
    return registration;
  }

  @Bean
  ErrorServlet errorServlet(Answers answers) {
    return new ErrorServlet(answers);
  }

  @Bean
  ServletRegistrationBean<ErrorServlet> errorRegistration(ErrorServlet servlet) {
    var registration = new ServletRegistrationBean<>(servlet, "/error");
    registration.setName(ERROR_SERVLET);
    return registration;
  }

  @Bean
  ServletRegistrationBean<AdminServlet> adminServlet(
      AdminProperties properties,
      Access access,
      RouteControl control,
      RolloutControl rollouts,
      LoadingThread loading,
      Answers answers,
      JsonBodies bodies,
      ObjectProvider<AuditTrail> audit) {
    AdminServlet servlet =
        new AdminServlet(
            new AdminAccess(properties, access),
            new AdminRoutes(control),
            new AdminVersions(loading, control),
            new AdminRollouts(rollouts),
            answers,
            bodies,
            audit(audit));
    var registration = new ServletRegistrationBean<>(servlet, "/v1/admin/*");
    registration.setName("admin");
    return registration;
  }

  @Bean
  ServletRegistrationBean<FeedbackServlet> feedbackServlet(
      Access access,
      Feedback feedback,
      MeterRegistry meters,
      Answers answers,
      JsonBodies bodies,
      ApiProperties limits,
      ObjectProvider<AuditTrail> audit) {
    FeedbackServlet servlet =
        new FeedbackServlet(
            access, new FeedbackCalls(feedback, meters), answers, bodies, limits, audit(audit));
    var registration = new ServletRegistrationBean<>(servlet, "/v1/feedback/*");
    registration.setName("feedback");
    return registration;
  }

  /** After Boot's own customizer, which starts a thread for each request at once. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> arrivals(LatencyBudget budget) {
    int processors = Runtime.getRuntime().availableProcessors();
    Arrivals.Limits limits =
        new Arrivals.Limits(
            2 * processors,
            2 * processors,
            processors,
            CROWD_PER_PROCESSOR * processors,
            budget.of(Endpoint.SINGLE).dividedBy(LONG_WAIT_PART));
    // A request inherits nothing from whoever finds it.
    ThreadFactory threads =
        Thread.ofVirtual().name("request").inheritInheritableThreadLocals(false).factory();
    Arrivals.Surroundings surroundings =
        new Arrivals.Surroundings(
            System::nanoTime,
            task -> threads.newThread(task).start(),
            Thread::yield,
            CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
    return factory ->
        factory.addProtocolHandlerCustomizers(
            protocol -> protocol.setExecutor(new Arrivals(surroundings, limits)));
  }

  /**
   * Before the server calls itself ready, each version answers requests until the code on their way
   * is compiled.
   */
  @Bean
  WalkWarmUp walkWarmUp(
      ModelRegistry registry, PredictionService service, EnvelopeReader reader, JsonBodies bodies) {
    return new WalkWarmUp(registry, service, reader, bodies);
  }

  @Bean
  OpenApiCustomizer openApiDescription(
      ModelRegistry registry, Router router, ApiProperties limits, Access access) {
    OpenApiModels models = new OpenApiModels(registry, router, limits.maxInstances());
    return new OpenApiDescription(models, access.guards())::describe;
  }

  /**
   * Binds the request to its thread for Spring's sake, on each request; nothing here asks for it.
   */
  @Bean
  FilterRegistrationBean<RequestContextFilter> noRequestContextFilter() {
    var registration = new FilterRegistrationBean<RequestContextFilter>(new RequestContextFilter());
    registration.setEnabled(false);
    return registration;
  }
}
