package io.evenkeel.preprocess;

import io.evenkeel.contract.Bounds;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.OutOfRange;
import io.evenkeel.contract.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a feature's transforms into a column, noting what doesn't fit together at the contract's
 * line.
 */
final class ColumnCompiler {
  private static final Transform.Scaling[] NO_SCALING = {};

  private final Contract contract;
  private final int index;
  private final Feature feature;
  private final YamlNode node;
  private final ElementType target;

  private Transform.@Nullable Impute impute;
  private final List<Transform.Scaling> scalings = new ArrayList<>();
  private Transform.Encoding encoding = new Transform.Passthrough();

  ColumnCompiler(Contract contract, int feature, YamlNode node, ElementType target) {
    this.contract = contract;
    this.index = feature;
    this.feature = contract.features().get(feature);
    this.node = node;
    this.target = target;
  }

  /** The column, or null if a mistake was noted. */
  @Nullable Column compile(List<Transform> transforms) {
    boolean fits = true;
    for (int i = 0; i < transforms.size(); i++) {
      fits &= place(transforms.get(i), i == 0, i == transforms.size() - 1);
    }
    return fits && suits() ? column() : null;
  }

  private boolean place(Transform transform, boolean first, boolean last) {
    switch (transform) {
      case Transform.Impute found -> {
        impute = found;
        return first || refuse("`impute` doesn't come first", "move it to the front");
      }
      case Transform.Scaling scaling -> scalings.add(scaling);
      case Transform.Encoding found -> {
        encoding = found;
        return last
            || refuse(
                "a transform follows one that makes columns",
                "end with the one that makes columns");
      }
    }
    return true;
  }

  /** Whether the transforms suit the feature, its missing values and the tensor. */
  private boolean suits() {
    FeatureType type = feature.type();
    boolean numeric = !type.isText();
    boolean toText = target == ElementType.STRING;
    if (toText && !(type.isText() && encoding instanceof Transform.Passthrough)) {
      return refuse("the tensor holds strings", "give it categories or strings, passed through");
    }
    if (!scalings.isEmpty() && !numeric) {
      return refuse("arithmetic needs a number", "use oneHot, ordinal or hash for a text");
    }
    boolean encodingSuits =
        switch (encoding) {
          case Transform.Passthrough ignored -> numeric || toText;
          case Transform.MissingIndicator ignored -> scalings.isEmpty() && impute == null;
          case Transform.Bucketize ignored -> numeric && type != FeatureType.TENSOR;
          case Transform.OneHot ignored -> isListable();
          case Transform.Ordinal ignored -> isListable();
          case Transform.Hash ignored -> type.isText();
          case Transform.DateParts ignored -> type.isTemporal() && scalings.isEmpty();
        };
    if (!encodingSuits) {
      return refuse(
          "these transforms don't suit a " + YamlNode.written(type),
          "see the table of transforms in docs/model-folder.md");
    }
    return missingIsHandled() && bearsNan() && logIsDefined();
  }

  private boolean isListable() {
    return scalings.isEmpty()
        && switch (feature.type()) {
          case CATEGORY, STRING, BOOLEAN, INTEGER, NUMBER -> true;
          case DATE, DATETIME, TENSOR -> false;
        };
  }

  private boolean missingIsHandled() {
    boolean bearsMissing =
        encoding instanceof Transform.MissingIndicator || encoding instanceof Transform.OneHot;
    return !feature.canBeMissing()
        || impute != null
        || bearsMissing
        || refuse(
            "`" + feature.name() + "` can be missing",
            "begin with `impute`, for example `{impute: 0}`");
  }

  /** Whether NaN, if it is imputed, comes through to a tensor that can hold it. */
  private boolean bearsNan() {
    boolean imputesNan = impute != null && impute.text() == null && Double.isNaN(impute.number());
    boolean holdsNan = target == ElementType.FLOAT || target == ElementType.DOUBLE;
    return !imputesNan
        || (holdsNan && encoding instanceof Transform.Passthrough)
        || refuse(
            "`impute: nan` needs a tensor of floats, and no step after it but arithmetic",
            "impute a number, or use oneHot or missingIndicator without `impute`");
  }

  /** The logarithm needs values above -1, and so a bound that keeps them there. */
  private boolean logIsDefined() {
    double lowest = lowest();
    double highest = highest();
    for (Transform.Scaling scaling : scalings) {
      if (scaling instanceof Transform.Log1p && lowest <= -1) {
        return refuse(
            "`log1p` could meet a value of -1 or below",
            "give the feature a `minimum`, or `clip` before it");
      }
      // Each scaling is monotonic, but one with a negative scale turns the ends round.
      double one = scaling.apply(lowest);
      double other = scaling.apply(highest);
      lowest = Math.min(one, other);
      highest = Math.max(one, other);
    }
    return true;
  }

  private double lowest() {
    Bounds bounds = feature.bounds();
    double lowest =
        feature.outOfRange() == OutOfRange.WARN
            ? Double.NEGATIVE_INFINITY
            : Math.max(bounds.minimum(), Math.nextUp(bounds.exclusiveMinimum()));
    return impute != null && impute.number() < lowest ? impute.number() : lowest;
  }

  private double highest() {
    Bounds bounds = feature.bounds();
    double highest =
        feature.outOfRange() == OutOfRange.WARN
            ? Double.POSITIVE_INFINITY
            : Math.min(bounds.maximum(), Math.nextDown(bounds.exclusiveMaximum()));
    return impute != null && impute.number() > highest ? impute.number() : highest;
  }

  private Column column() {
    return switch (encoding) {
      case Transform.Passthrough ignored -> passedThrough();
      case Transform.MissingIndicator ignored -> new Column.Indicator(index);
      case Transform.Bucketize bucketize -> new Column.Bucket(source(), bucketize);
      case Transform.OneHot oneHot ->
          new Column.OneHot(vocabulary(oneHot.values()), oneHot.values().size(), oneHot.other());
      case Transform.Ordinal ordinal ->
          new Column.Ordinal(vocabulary(ordinal.values()), ordinal.unknown());
      case Transform.Hash hash -> new Column.Hashed(index, missingText(), hash);
      case Transform.DateParts parts ->
          new Column.Calendar(source(), feature.type() == FeatureType.DATETIME, parts);
    };
  }

  private Column passedThrough() {
    if (feature.type().isText()) {
      return new Column.Text(index, missingText());
    }
    return feature.tensor() == null
        ? new Column.Scalar(source())
        : new Column.Elements(source(), feature.tensor().size());
  }

  private NumberSource source() {
    double missing = impute == null ? Double.NaN : impute.number();
    return new NumberSource(index, contract.slot(index), missing, scalings.toArray(NO_SCALING));
  }

  private Vocabulary vocabulary(List<String> values) {
    return new Vocabulary(contract, index, values, impute);
  }

  private String missingText() {
    return impute == null || impute.text() == null ? "" : impute.text();
  }

  private boolean refuse(String cause, String mend) {
    node.mistake(cause, mend);
    return false;
  }
}
