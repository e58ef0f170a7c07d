package io.evenkeel;

import io.evenkeel.admission.LatencyBudget;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The endpoints' latency budgets. Kept here because {@code admission} itself knows no Spring.
 *
 * @param singleBudget how long a request for one prediction may take, from its arrival to its
 *     answer
 * @param batchBudget how long a batch may take, from its arrival to its answer
 */
@ConfigurationProperties("evenkeel.admission")
record AdmissionProperties(
    @DefaultValue("50ms") Duration singleBudget, @DefaultValue("2s") Duration batchBudget) {
  LatencyBudget budget() {
    return new LatencyBudget(singleBudget, batchBudget);
  }
}
