package io.evenkeel.monitoring.drift;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Watches the rows of one version for drift: inputs, answers, violations and gaps under one alarm
 * budget. <em>As long as rows come from the reference, the mean number of rows to a false alarm is
 * at least {@link DriftSettings#inform}.</em> {@link DriftDetector} derives it for one stream; the
 * whole evidence is the average over streams with weights that sum to 1, which keeps the bound
 * whatever the dependence between streams. docs/drift.md says what the promise needs.
 *
 * <p>An alarm stays raised while there is evidence. When it has fallen to a tenth of the threshold,
 * the alarm ends and the evidence starts from nothing, so that the bound holds for the next one. A
 * ceiling keeps the evidence from growing without end, so that an alarm ends soon after its cause.
 *
 * <p>Safe for use by many threads, one at a time; meant for one that observes, off the path of
 * requests, and some that look. Memory is constant: less than 12 KB for each stream, of which a
 * feature has two.
 */
public final class DriftMonitor {
  private static final int FORM = 2;
  private static final double ENDED = 0.1;
  private static final double CEILING = 10;
  private static final int MOST_CAUSES = 10;
  private static final int MOST_SHIFTS = 3;
  private static final double WORTH_TELLING = 0.01;

  private final DriftSettings settings;
  private final int given;
  private final DriftDetector[] detectors;

  /** For each detector, which of the given bins it looks at. */
  private final int[] sources;

  private final double[] weights;

  /** Of the references at the beginning: {@link #expect} doesn't change it. */
  private final long fingerprint;

  private long rows;
  private double evidence;
  private DriftLevel level = DriftLevel.CALM;
  private long informs;
  private long acts;
  private long raisedAt;

  /**
   * @param references the streams, in the order in which their bins are given; one that can be
   *     missing gets a stream of its gaps besides
   */
  public DriftMonitor(List<StreamReference> references, DriftSettings settings) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("no stream to watch");
    }
    this.settings = settings;
    this.given = references.size();
    List<StreamReference> all = withGaps(references);
    this.weights = weights(all, settings);
    this.detectors = new DriftDetector[all.size()];
    this.sources = new int[all.size()];
    int gaps = 0;
    for (int stream = 0; stream < detectors.length; stream++) {
      double ceiling = CEILING * settings.act() / weights[stream];
      detectors[stream] = new DriftDetector(all.get(stream), settings, all.size(), ceiling);
      sources[stream] = stream;
      if (stream >= given) {
        while (!references.get(gaps).hasGaps()) {
          gaps++;
        }
        sources[stream] = gaps++;
      }
    }
    this.fingerprint = fingerprint(all, settings);
  }

  private static long fingerprint(List<StreamReference> streams, DriftSettings settings) {
    long print = settings.memory();
    for (StreamReference stream : streams) {
      print = 31 * print + stream.fingerprint();
    }
    return print;
  }

  private static List<StreamReference> withGaps(List<StreamReference> references) {
    List<StreamReference> all = new ArrayList<>(references);
    references.stream()
        .filter(StreamReference::hasGaps)
        .map(StreamReference::gaps)
        .forEach(all::add);
    return all;
  }

  private static double[] weights(List<StreamReference> streams, DriftSettings settings) {
    Map<DriftGroup, Integer> sizes = new EnumMap<>(DriftGroup.class);
    streams.forEach(stream -> sizes.merge(stream.group(), 1, Integer::sum));
    double used = sizes.keySet().stream().mapToDouble(settings::share).sum();
    return streams.stream()
        .mapToDouble(
            stream -> settings.share(stream.group()) / used / sizes.getOrDefault(stream.group(), 1))
        .toArray();
  }

  /**
   * Takes a row in. Allocates nothing.
   *
   * @param bins a bin for each stream that the monitor was made of, or {@link StreamReference#NONE}
   *     for one that this row says nothing of; the caller's, and not kept
   */
  public synchronized DriftLevel observe(int[] bins) {
    check(bins);
    rows++;
    double sum = 0;
    for (int stream = 0; stream < detectors.length; stream++) {
      DriftDetector detector = detectors[stream];
      int bin = bins[sources[stream]];
      if (bin != StreamReference.NONE) {
        int seen = stream < given ? bin : detectors[sources[stream]].reference().gap(bin);
        detector.observe(seen);
      }
      sum += weights[stream] * detector.evidence();
    }
    return judge(sum);
  }

  private void check(int[] bins) {
    if (bins.length != given) {
      throw new IllegalArgumentException(bins.length + " bins for " + given + " streams");
    }
    for (int stream = 0; stream < given; stream++) {
      StreamReference reference = detectors[stream].reference();
      if (bins[stream] < StreamReference.NONE || bins[stream] >= reference.size()) {
        throw new IllegalArgumentException(
            "bin " + bins[stream] + " of " + reference.size() + " for " + reference.name());
      }
    }
  }

  /**
   * Takes in rows of which only the bins' counts are known, for a monitor over a fleet. The promise
   * holds; drift is found later the more rows come at once.
   *
   * @param counts for each stream the monitor was made of, how often each bin was seen
   * @param seen how many rows these were
   */
  public synchronized DriftLevel observeCounts(long[][] counts, long seen) {
    if (counts.length != given) {
      throw new IllegalArgumentException(counts.length + " counts for " + given + " streams");
    }
    rows += seen;
    double sum = 0;
    for (int stream = 0; stream < detectors.length; stream++) {
      long[] own = counts[sources[stream]];
      sum += weights[stream] * detectors[stream].observe(stream < given ? own : gaps(stream, own));
    }
    return judge(sum);
  }

  private long[] gaps(int stream, long[] counts) {
    long[] gaps = new long[detectors[stream].reference().size()];
    for (int bin = 0; bin < counts.length; bin++) {
      gaps[detectors[sources[stream]].reference().gap(bin)] += counts[bin];
    }
    return gaps;
  }

  private DriftLevel judge(double sum) {
    evidence = sum;
    if (sum >= settings.act()) {
      raise(DriftLevel.ACT);
    } else if (sum >= settings.inform()) {
      raise(DriftLevel.INFORM);
    } else if (level != DriftLevel.CALM && sum < ENDED * settings.inform()) {
      level = DriftLevel.CALM;
      restart();
    }
    if (level == DriftLevel.ACT && sum < ENDED * settings.act()) {
      level = DriftLevel.INFORM;
    }
    return level;
  }

  private void raise(DriftLevel reached) {
    if (level == DriftLevel.CALM) {
      informs++;
      raisedAt = rows;
    }
    if (reached == DriftLevel.ACT && level != DriftLevel.ACT) {
      acts++;
    }
    level = level.compareTo(reached) < 0 ? reached : level;
  }

  /** Ends an alarm and starts from nothing, for instance when somebody has looked into it. */
  public synchronized void restart() {
    for (DriftDetector detector : detectors) {
      detector.restart();
    }
    evidence = 0;
    level = DriftLevel.CALM;
  }

  /**
   * Holds the rows from now on against other probabilities in the same bins, as for another hour of
   * the week. Choose by the time, never by the rows: the promise rests on it.
   */
  public synchronized void expect(List<StreamReference> references) {
    List<StreamReference> all = withGaps(references);
    if (references.size() != given || all.size() != detectors.length) {
      throw new IllegalArgumentException(references.size() + " references, or others' gaps");
    }
    for (int stream = 0; stream < detectors.length; stream++) {
      detectors[stream].expect(all.get(stream));
    }
  }

  /** What there is to tell. */
  public synchronized DriftSnapshot snapshot() {
    Map<DriftGroup, Double> groups = new EnumMap<>(DriftGroup.class);
    List<DriftSnapshot.Cause> causes = new ArrayList<>();
    for (int stream = 0; stream < detectors.length; stream++) {
      DriftDetector detector = detectors[stream];
      double part = weights[stream] * detector.evidence();
      groups.merge(detector.reference().group(), part, Double::sum);
      if (part > WORTH_TELLING * evidence) {
        causes.add(cause(detector, part));
      }
    }
    causes.sort(Comparator.comparingDouble(DriftSnapshot.Cause::evidence).reversed());
    return new DriftSnapshot(
        rows,
        level,
        evidence,
        informs,
        acts,
        level == DriftLevel.CALM ? 0 : rows - raisedAt,
        groups,
        causes.subList(0, Math.min(MOST_CAUSES, causes.size())));
  }

  private static DriftSnapshot.Cause cause(DriftDetector detector, double part) {
    StreamReference reference = detector.reference();
    List<DriftSnapshot.Shift> shifts = new ArrayList<>();
    for (int bin = 0; bin < reference.size(); bin++) {
      shifts.add(
          new DriftSnapshot.Shift(
              reference.bins().get(bin), reference.probability(bin), detector.recentShare(bin)));
    }
    shifts.sort(Comparator.comparingDouble(DriftMonitor::distance).reversed());
    return new DriftSnapshot.Cause(
        reference.name(),
        reference.group(),
        part,
        Math.round(detector.rowsAgo()),
        shifts.subList(0, Math.min(MOST_SHIFTS, shifts.size())));
  }

  private static double distance(DriftSnapshot.Shift shift) {
    double gap = shift.recent() - shift.expected();
    return gap * gap / shift.expected();
  }

  /** All that has to survive a restart. */
  public synchronized DriftState state() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeLong(fingerprint);
      out.writeLong(rows);
      out.writeLong(informs);
      out.writeLong(acts);
      out.writeUTF(level.name());
      out.writeLong(raisedAt);
      for (DriftDetector detector : detectors) {
        detector.write(out);
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory can't be written to", e);
    }
    return new DriftState(bytes.toByteArray());
  }

  /**
   * Adds what another monitor knew that began with the same references: its own state before a
   * restart, or another replica's. An alarm that was raised stays so.
   *
   * @throws IllegalArgumentException if the state is of other references or can't be read; this
   *     monitor then starts from nothing
   */
  public synchronized void add(DriftState state) {
    try {
      long before = rows;
      Head head = read(state);
      informs += head.informs();
      acts += head.acts();
      if (head.level().compareTo(level) > 0) {
        raisedAt = level == DriftLevel.CALM ? before + head.raisedAt() : raisedAt;
        level = head.level();
      }
      judge(sum());
    } catch (IOException | IllegalArgumentException e) {
      restart();
      throw new IllegalArgumentException(
          "the state isn't one of these references, or is damaged; start without it", e);
    }
  }

  /**
   * Knows from now on what these know together, and nothing else: the view of a fleet, taken anew.
   * The alarm is this monitor's own: it is raised where one of them has one or the sum reaches a
   * threshold, and ends as others do. How often that was so isn't added up.
   *
   * <p>When it ends, the evidence isn't set back as {@link #observe} does, since that is the
   * replicas'. It is below a tenth of the threshold then, so the mean number of rows to the next
   * false alarm is at least nine tenths of the threshold.
   *
   * @throws IllegalArgumentException if one doesn't fit ({@link #fits}) or is damaged; nothing is
   *     known then
   */
  public synchronized void replaceBy(List<DriftState> states) {
    rows = 0;
    for (DriftDetector detector : detectors) {
      detector.clear();
    }
    try {
      DriftLevel highest = DriftLevel.CALM;
      for (DriftState state : states) {
        DriftLevel theirs = read(state).level();
        highest = theirs.compareTo(highest) > 0 ? theirs : highest;
      }
      evidence = sum();
      judgeFleet(highest);
    } catch (IOException | IllegalArgumentException e) {
      restart();
      throw new IllegalArgumentException("a state isn't one of these references, or is damaged", e);
    }
  }

  private void judgeFleet(DriftLevel highest) {
    raisedAt = Math.min(raisedAt, rows);
    if (evidence >= settings.act() || highest == DriftLevel.ACT) {
      raise(DriftLevel.ACT);
    } else if (evidence >= settings.inform() || highest == DriftLevel.INFORM) {
      raise(DriftLevel.INFORM);
    } else if (evidence < ENDED * settings.inform()) {
      level = DriftLevel.CALM;
    }
    if (level == DriftLevel.ACT && highest != DriftLevel.ACT && evidence < ENDED * settings.act()) {
      level = DriftLevel.INFORM;
    }
  }

  /** Whether a state is of a monitor that began with the same references. */
  public boolean fits(DriftState state) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
      return in.readByte() == FORM && in.readLong() == fingerprint;
    } catch (IOException e) {
      return false;
    }
  }

  /** What stands before the detectors' part of a state. */
  private record Head(long informs, long acts, DriftLevel level, long raisedAt) {}

  /** Adds the rows and the detectors' part, which {@link #sum} then takes in. */
  private Head read(DriftState state) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
      if (in.readByte() != FORM || in.readLong() != fingerprint) {
        throw new IOException("another form, or other references");
      }
      rows += in.readLong();
      Head head =
          new Head(in.readLong(), in.readLong(), DriftLevel.valueOf(in.readUTF()), in.readLong());
      for (DriftDetector detector : detectors) {
        detector.read(in);
      }
      return head;
    }
  }

  private double sum() {
    double sum = 0;
    for (int stream = 0; stream < detectors.length; stream++) {
      sum += weights[stream] * detectors[stream].evidence();
    }
    return sum;
  }
}
