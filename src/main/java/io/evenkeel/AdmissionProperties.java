package io.evenkeel;

import io.evenkeel.admission.LatencyBudget;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The endpoints' latency budgets. Kept here because {@code admission} itself knows no Spring.
 *
 * @param singleBudget from the arrival of a request for one prediction to its answer
 * @param batchBudget the same for a batch
 */
@ConfigurationProperties("evenkeel.admission")
record AdmissionProperties(
    @DefaultValue("50ms") Duration singleBudget, @DefaultValue("2s") Duration batchBudget) {
  LatencyBudget budget() {
    return new LatencyBudget(singleBudget, batchBudget);
  }
}
