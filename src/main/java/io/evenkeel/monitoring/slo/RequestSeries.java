package io.evenkeel.monitoring.slo;

/**
 * The requests of one kind with one ending, counted since the process began.
 *
 * @param endpoint single or batch
 * @param model empty where the request was routed to none
 * @param version empty as well then
 * @param outcome the word for the ending
 * @param latencies how long they took
 */
public record RequestSeries(
    String endpoint, String model, String version, String outcome, Latencies latencies) {}
