package io.evenkeel.monitoring.slo;

import java.util.List;

/** Where the counts of requests come from. */
public interface RequestCounts {
  /** All of them at present. */
  List<RequestSeries> read();
}
