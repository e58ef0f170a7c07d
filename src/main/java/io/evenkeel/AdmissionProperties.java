package io.evenkeel;

import io.evenkeel.admission.LaneSettings;
import io.evenkeel.admission.LatencyBudget;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The endpoints' latency budgets, and how much a version's lane lets in. Kept here because {@code
 * admission} itself knows no Spring.
 *
 * @param singleBudget how long a request for one prediction may take, from its arrival to its
 *     answer
 * @param batchBudget how long a batch may take, from its arrival to its answer
 * @param maxRows rows that may wait or run in a version's lane at once; of a batch no more than one
 *     run's rows count
 * @param maxSingles requests for one prediction that may be in a version's lane at once
 * @param maxBatches batches that may be in a version's lane at once
 * @param batching whether requests that wait for the same version are run together
 */
@ConfigurationProperties("evenkeel.admission")
record AdmissionProperties(
    @DefaultValue("50ms") Duration singleBudget,
    @DefaultValue("2s") Duration batchBudget,
    @DefaultValue("1024") int maxRows,
    @DefaultValue("1024") int maxSingles,
    @DefaultValue("16") int maxBatches,
    @DefaultValue("true") boolean batching) {
  LatencyBudget budget() {
    return new LatencyBudget(singleBudget, batchBudget);
  }

  LaneSettings lane(int executors) {
    return new LaneSettings(
        budget(), executors, new LaneSettings.Limits(maxRows, maxSingles, maxBatches), batching);
  }
}
