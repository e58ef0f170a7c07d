package io.evenkeel.rollout;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Who asks, and how the two versions answer. By default the canary is as good as stable.
 *
 * @param name for tables
 * @param requests how they come and what is peculiar about them
 * @param stable how it answers
 * @param canary how it answers
 * @param disagreement the share of comparisons that disagree
 */
record World(String name, Requests requests, Version stable, Version canary, double disagreement) {
  /** How a version answers. */
  record Version(double failures, double slowness, double confidence, double wrong, double loss) {
    static final Version USUAL = new Version(0.005, 1, 0, 0.1, 1);

    Version failing(double share) {
      return new Version(share, slowness, confidence, wrong, loss);
    }

    /** So many times as slow. */
    Version slow(double times) {
      return new Version(failures, times, confidence, wrong, loss);
    }

    /** Its confidences are shifted by so many standard deviations, on the scale of log odds. */
    Version shifted(double by) {
      return new Version(failures, slowness, by, wrong, loss);
    }

    Version wrong(double share) {
      return new Version(failures, slowness, confidence, share, loss);
    }

    /** Its losses are so many times as large. */
    Version losing(double times) {
      return new Version(failures, slowness, confidence, wrong, times);
    }
  }

  /** What is peculiar about the requests. */
  enum Requests {
    /** 20 a second, each with a key of its own; latencies are lognormal. */
    PLAIN(20, 0),
    /** Latencies have a tail without a variance. */
    HEAVY_TAIL(20, 0),
    /** Latencies and confidences have few values. */
    TIES(20, 0),
    /** 12 000 callers, the most active of whom ask a thousand times as often as most. */
    CLUMPED(20, 12_000),
    /** Failures, latencies and traffic have a course over the day. */
    DAILY(0.04, 0),
    /** Two a minute. */
    TINY(1 / 30.0, 0);

    private final double perSecond;
    private final int callers;

    Requests(double perSecond, int callers) {
      this.perSecond = perSecond;
      this.callers = callers;
    }
  }

  static World of(String name, Requests requests) {
    return new World(name, requests, Version.USUAL, Version.USUAL, 0.03);
  }

  static World plain(String name, UnaryOperator<Version> worse) {
    return new World(name, Requests.PLAIN, Version.USUAL, worse.apply(Version.USUAL), 0.03);
  }

  World disagreeing(double share) {
    return new World(name, requests, stable, canary, share);
  }

  /**
   * A request before it is known who answers.
   *
   * @param salt another one makes other callers
   * @param day the time, from 0 at midnight to 1
   */
  Request next(SplittableRandom random, long salt, double day) {
    double swing = requests == Requests.DAILY ? Math.sin(2 * Math.PI * day) : 0;
    if (requests.callers == 0) {
      return new Request(random.nextLong(), random.nextDouble(), swing, 1, false);
    }
    // Cubed: few callers make most of the requests.
    double u = random.nextDouble();
    int caller = (int) (requests.callers * u * u * u);
    long key = Mix.mix(caller ^ salt);
    boolean alwaysFails = Mix.chance(key, 2) < 0.05;
    return new Request(key, Mix.chance(key, 1), swing, 0.5 + Mix.chance(key, 3), alwaysFails);
  }

  /**
   * A request.
   *
   * @param swing the hour's, from -1 to 1
   * @param weight by which all of its caller's requests take longer
   */
  record Request(long key, double position, double swing, double weight, boolean alwaysFails) {}

  /** What a version makes of a request. */
  Observation.Answer answer(
      Request request, Observation.Subject subject, Version version, SplittableRandom random) {
    double failures = version.failures() * (1 + 0.9 * request.swing());
    boolean failed = request.alwaysFails() || random.nextDouble() < failures;
    double normal = random.nextGaussian();
    double millis =
        switch (requests) {
          case HEAVY_TAIL -> 5 * Math.pow(1 - random.nextDouble(), -1 / 1.1);
          case TIES -> 10 * Math.ceil(Math.exp(0.5 * normal));
          default -> 10 * Math.exp(0.5 * normal + request.swing());
        };
    double logOdds = 1.5 + 1.2 * (random.nextGaussian() + version.confidence());
    double confidence = 0.5 + 0.5 / (1 + Math.exp(-logOdds));
    if (requests == Requests.TIES) {
      confidence = Math.round(4 * confidence) / 4.0;
    }
    long nanos = (long) (1e6 * millis * version.slowness() * request.weight());
    return new Observation.Answer(subject, failed, nanos, confidence);
  }

  double perSecond(double day) {
    return requests == Requests.DAILY
        ? requests.perSecond * (1.1 + Math.cos(2 * Math.PI * day))
        : requests.perSecond;
  }
}
