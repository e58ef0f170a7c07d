package io.evenkeel.monitoring.support;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Sketch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a reference's sketches what rows are held against. For one reading.
 *
 * <p>A new row like the n training rows has a number below all of theirs with a chance of 1 / (n +
 * 1), whatever the distribution, and above all of theirs likewise. Added up over features that is
 * small for a large reference; for a small one it would warn of every tenth row. So there a value
 * has to be farther out: by {@code std ln(E / 0.005)}, E being the sum. That brings the chance down
 * to 0.005 if tails fall off like those of an exponential distribution with the feature's own
 * deviation; lighter tails bring it lower.
 */
final class SupportCompiler {
  /** Of rows like the training rows, no larger a share is to have a number out of range. */
  static final double MOST_BEYOND = 0.005;

  private final Contract contract;
  private final Reference reference;
  private final Rarity rarity;
  private final double marginDeviations;

  private final List<Support.Span> spans = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<Missing.Wanted> wanted = new ArrayList<>();

  SupportCompiler(Contract contract, Reference reference) {
    this.contract = contract;
    this.reference = reference;
    List<Double> shares = new ArrayList<>();
    double beyond = 0;
    for (Feature feature : contract.features()) {
      Sketch sketch = sketch(feature);
      shares.add(sketch.missing());
      switch (sketch) {
        case Sketch.Numeric found -> {
          beyond += ends(feature) / (present(found) + 1);
          found.probabilities().forEach(share -> shares.add(ofRows(share, found)));
        }
        case Sketch.Categorical found -> {
          found.categories().values().forEach(share -> shares.add(ofRows(share, found)));
          shares.add(ofRows(found.other(), found));
        }
        case Sketch.Tensor found -> beyond += 2 / (present(found) + 1);
      }
    }
    this.rarity = new Rarity(shares);
    this.marginDeviations = Math.max(0, Math.log(beyond / MOST_BEYOND));
    contract.features().forEach(this::compile);
  }

  List<Support.Span> spans() {
    return spans;
  }

  List<Check> checks() {
    return checks;
  }

  Missing missing() {
    return new Missing(wanted);
  }

  private Sketch sketch(Feature feature) {
    Sketch sketch = reference.features().get(feature.name());
    if (sketch == null) {
      throw new IllegalArgumentException("no sketch of " + feature.name());
    }
    return sketch;
  }

  private static double present(Sketch sketch) {
    return sketch.rows() * (1 - sketch.missing());
  }

  private static double ofRows(double share, Sketch sketch) {
    return share * (1 - sketch.missing());
  }

  /** Time goes on: what is later than all of training is no news. */
  private static double ends(Feature feature) {
    return feature.type().isTemporal() ? 1 : 2;
  }

  private void compile(Feature feature) {
    Sketch sketch = sketch(feature);
    Wording wording = new Wording(feature, sketch.rows());
    Remark lacking = remark(sketch.missing(), wording.unseenGap(), wording.rareGap());
    if (lacking != null) {
      wanted.add(new Missing.Wanted(contract.indexOf(feature.name()), lacking));
    }
    if (present(sketch) < 1) {
      return;
    }
    int slot = contract.slot(contract.indexOf(feature.name()));
    switch (sketch) {
      case Sketch.Numeric found -> compileNumber(feature, slot, found, wording);
      case Sketch.Categorical found -> compileText(feature, slot, found, wording);
      case Sketch.Tensor found -> compileTensor(feature, slot, found.overall(), wording);
    }
  }

  /** What to say of something that a share of the rows has; null where there is nothing. */
  private @Nullable Remark remark(double share, Remark unseen, Remark rare) {
    return share == 0 ? unseen : rarity.isRare(share) ? rare : null;
  }

  private void compileNumber(Feature feature, int slot, Sketch.Numeric sketch, Wording wording) {
    double margin = marginDeviations * sketch.std();
    double high = feature.type().isTemporal() ? Double.POSITIVE_INFINITY : sketch.max() + margin;
    spans.add(new Support.Span(slot, sketch.min() - margin, high, wording.beyond(sketch)));
    double[] edges = sketch.edges().stream().mapToDouble(Double::doubleValue).toArray();
    @Nullable Remark[] byBin = new @Nullable Remark[edges.length + 1];
    boolean some = false;
    for (int bin = 0; bin < byBin.length; bin++) {
      double share = ofRows(sketch.probabilities().get(bin), sketch);
      boolean isOuter = bin == 0 || bin == edges.length;
      // What is outside of the range is judged by that alone.
      if (!isOuter || share > 0) {
        byBin[bin] =
            remark(share, wording.unseenRange(sketch, bin), wording.rareRange(sketch, bin));
        some |= byBin[bin] != null;
      }
    }
    if (some) {
      checks.add(new Check.Bins(slot, edges, byBin));
    }
  }

  private void compileTensor(Feature feature, int slot, Sketch.Numeric overall, Wording wording) {
    Feature.TensorRules rules = feature.tensor();
    if (rules == null) {
      throw new IllegalArgumentException(feature.name() + " is no tensor");
    }
    double margin = marginDeviations * overall.std();
    double low = overall.min() - margin;
    double high = overall.max() + margin;
    checks.add(new Check.Mean(slot, rules.size(), low, high, wording.beyondMean(overall)));
  }

  private void compileText(Feature feature, int slot, Sketch.Categorical sketch, Wording wording) {
    Remark other = unnamed(sketch, wording);
    List<String> values =
        feature.type() == FeatureType.BOOLEAN ? List.of("false", "true") : feature.text().values();
    if (values.isEmpty() || feature.type() == FeatureType.STRING) {
      compileFreeText(feature, sketch, wording);
      return;
    }
    @Nullable Remark[] byPlace = new @Nullable Remark[values.size()];
    boolean some = other != null;
    for (int place = 0; place < byPlace.length; place++) {
      Double share = sketch.categories().get(values.get(place));
      byPlace[place] = share == null ? other : remark(share, sketch, wording);
      some |= byPlace[place] != null;
    }
    if (some) {
      checks.add(new Check.Places(slot, byPlace, other));
    }
  }

  private void compileFreeText(Feature feature, Sketch.Categorical sketch, Wording wording) {
    Remark other = unnamed(sketch, wording);
    Remark usual = wording.usual();
    Map<String, Remark> known = new HashMap<>();
    boolean some = other != null;
    for (Map.Entry<String, Double> category : sketch.categories().entrySet()) {
      Remark remark = remark(category.getValue(), sketch, wording);
      known.put(category.getKey(), remark == null ? usual : remark);
      some |= remark != null;
    }
    if (some) {
      int position = contract.indexOf(feature.name());
      checks.add(new Check.Texts(position, Map.copyOf(known), usual, other));
    }
  }

  private @Nullable Remark remark(double share, Sketch.Categorical sketch, Wording wording) {
    return remark(ofRows(share, sketch), wording.unseenText(), wording.rareText());
  }

  /** What to say of a text that the reference doesn't name: it is one of the others, at best. */
  private @Nullable Remark unnamed(Sketch.Categorical sketch, Wording wording) {
    return remark(sketch.other(), sketch, wording);
  }
}
