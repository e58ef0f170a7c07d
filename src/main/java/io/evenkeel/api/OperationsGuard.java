package io.evenkeel.api;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.web.FilterChainProxy;

/**
 * Guards the operations where they have a port of their own. Not annotated, so that it isn't found
 * with the other configurations: it belongs to that port's context, and its name stands in {@code
 * META-INF/spring}.
 */
final class OperationsGuard {
  @Bean
  FilterRegistrationBean<FilterChainProxy> operationsFilter(
      Access access, Answers answers, WebEndpointProperties endpoints, Environment environment) {
    var registration = new FilterRegistrationBean<>(GuardFilter.chain(access, answers, endpoints));
    registration.setEnabled(
        access.guards() && ManagementPortType.get(environment) == ManagementPortType.DIFFERENT);
    registration.setName("operationsGuard");
    return registration;
  }
}
