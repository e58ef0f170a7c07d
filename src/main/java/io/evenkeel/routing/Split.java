package io.evenkeel.routing;

/**
 * A version that takes part in answering a model's requests.
 *
 * @param version its name
 * @param share of the requests
 * @param points the share, as {@link RoutingHash} counts
 */
public record Split(String version, Share share, long points) {
  public Split(String version, Share share) {
    this(version, share, share.points());
  }
}
