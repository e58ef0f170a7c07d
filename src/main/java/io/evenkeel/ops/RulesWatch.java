package io.evenkeel.ops;

import io.evenkeel.registry.AfterLoading;
import io.evenkeel.registry.LiveRules;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/**
 * Looks at {@code rules.yaml} once the models are loaded, before the server calls itself ready, and
 * then again and again. It compares what the file holds: notices of changes get lost where a link
 * is turned to another folder, as Kubernetes does.
 */
@Component
@EnableConfigurationProperties(RulesWatch.Properties.class)
final class RulesWatch implements AfterLoading, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(RulesWatch.class);

  /**
   * How rules are switched.
   *
   * @param poll how often rules.yaml is looked at
   */
  @ConfigurationProperties("evenkeel.rules")
  record Properties(@DefaultValue("5s") Duration poll) {
    Properties {
      if (!poll.isPositive()) {
        throw new IllegalArgumentException("evenkeel.rules.poll must be longer than nothing");
      }
    }
  }

  private final LiveRules rules;
  private final Properties properties;
  private final Counter applied;
  private final Counter refused;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("rules-watch").factory());

  RulesWatch(LiveRules rules, Properties properties, MeterRegistry meters) {
    this.rules = rules;
    this.properties = properties;
    this.applied = reloads("applied", meters);
    this.refused = reloads("refused", meters);
    Gauge.builder("evenkeel.rules.refused", rules, found -> found.mistakes().isEmpty() ? 0 : 1)
        .description("1 while rules.yaml can't be used, and the rules are as they were before")
        .register(meters);
  }

  private static Counter reloads(String outcome, MeterRegistry meters) {
    return Counter.builder("evenkeel.rules.reloads")
        .description("How often rules.yaml was read because it had changed")
        .tags("outcome", outcome)
        .register(meters);
  }

  @Override
  public void run() {
    look();
    long nanos = properties.poll().toNanos();
    var ignored = looks.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    try {
      switch (rules.refresh()) {
        case UNCHANGED -> {}
        case APPLIED -> applied.increment();
        case REFUSED -> refused.increment();
      }
    } catch (RuntimeException e) {
      // Thrown on, it would end the watch.
      LOG.error("A look at rules.yaml failed because of a defect in Evenkeel", e);
    }
  }

  @Override
  public void destroy() {
    looks.shutdownNow();
  }
}
