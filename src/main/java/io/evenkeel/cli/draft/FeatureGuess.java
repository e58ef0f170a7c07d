package io.evenkeel.cli.draft;

import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.preprocess.ElementType;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Guesses what a feature is, from what its columns hold and from the input it goes into. */
final class FeatureGuess {
  /** More values than this, and a text is no category. */
  private static final int MOST_CATEGORIES = 50;

  /** A text that the graph takes as a number has to be one of a list. */
  private static final int MOST_ENCODED = 1000;

  private static final int YEARS_BEFORE = 10;

  private final Slot slot;
  private final ElementType target;

  FeatureGuess(Slot slot) {
    this.slot = slot;
    this.target = slot.input().type();
  }

  /** Without data: only what the graph says. */
  FeatureDraft blindly() {
    FeatureType type =
        switch (target) {
          case FLOAT, DOUBLE -> FeatureType.NUMBER;
          case INT64, INT32 -> FeatureType.INTEGER;
          case BOOL -> slot.isTensor() ? FeatureType.INTEGER : FeatureType.BOOLEAN;
          case STRING -> FeatureType.STRING;
        };
    Range range = target == ElementType.BOOL && slot.isTensor() ? new Range("0", "1") : null;
    String doubt =
        "say what it is; name it (in golden.jsonl too), and give it bounds if it has any";
    return draft(type, false, range, "", doubt);
  }

  FeatureDraft of(TensorProfile profile) {
    FeatureType type = profile.isWhole() ? FeatureType.INTEGER : FeatureType.NUMBER;
    Range range = Range.around(profile.min(), profile.max(), profile.isWhole());
    String seen = "seen " + Range.written(profile.min()) + " to " + Range.written(profile.max());
    return draft(type, false, range, seen, "say what it shows, and in which order");
  }

  /**
   * @param widens whether a text becomes an element for each of its values
   * @param data where the column stands
   */
  FeatureDraft of(ColumnProfile profile, boolean widens, Path data) {
    return target == ElementType.STRING ? text(profile) : number(profile, widens, data);
  }

  private FeatureDraft text(ColumnProfile profile) {
    List<String> distinct = profile.distinct();
    boolean few =
        distinct != null
            && distinct.size() <= MOST_CATEGORIES
            && 2L * distinct.size() <= profile.present();
    List<String> transforms = profile.hasMissing() ? List.of("{impute: ''}") : List.of();
    return new FeatureDraft(
        slot,
        few ? FeatureType.CATEGORY : FeatureType.STRING,
        profile.hasMissing(),
        null,
        few ? Objects.requireNonNull(distinct) : List.of(),
        transforms,
        few ? "the values are those of the data" : "",
        null);
  }

  private FeatureDraft number(ColumnProfile profile, boolean widens, Path data) {
    boolean nullable = profile.hasMissing();
    Moments moments = profile.moments();
    return switch (profile.kind()) {
      case BOOLEAN -> draft(FeatureType.BOOLEAN, nullable, null, "", null);
      case INTEGER, NUMBER -> {
        boolean whole = profile.kind() == CellKind.INTEGER;
        FeatureType type = whole ? FeatureType.INTEGER : FeatureType.NUMBER;
        yield moments.count() == 0
            ? draft(type, nullable, null, "no value in the data", "say what it is")
            : draft(
                type,
                nullable,
                Range.around(moments.min(), moments.max(), whole),
                "seen " + Range.written(moments.min()) + " to " + Range.written(moments.max()),
                null);
      }
      case DATE, DATETIME -> moment(profile);
      case TEXT -> encoded(profile, widens, data);
    };
  }

  private FeatureDraft moment(ColumnProfile profile) {
    boolean isDate = profile.kind() == CellKind.DATE;
    double min = profile.moments().min();
    LocalDate first =
        isDate
            ? LocalDate.ofEpochDay((long) min)
            : LocalDate.ofInstant(Instant.ofEpochSecond((long) min), ZoneOffset.UTC);
    LocalDate lower = LocalDate.of(Math.max(1, first.getYear() - YEARS_BEFORE), 1, 1);
    return draft(
        isDate ? FeatureType.DATE : FeatureType.DATETIME,
        profile.hasMissing(),
        new Range("'" + lower + (isDate ? "'" : "T00:00:00Z'"), ""),
        "seen from " + first + " on",
        "the graph takes a number for it: see `inputs` for which, and mend it there (`dateParts`)"
            + " if the training did otherwise; then say here what it is");
  }

  private FeatureDraft encoded(ColumnProfile profile, boolean widens, Path data) {
    List<String> distinct = profile.distinct();
    if (distinct == null || distinct.size() > MOST_ENCODED) {
      throw new UnusableModelException(
          data.toString(),
          1,
          "the column `" + slot.original() + "` holds texts, and the graph takes numbers",
          "give the columns as the graph takes them, name those that are no features with"
              + " --label, or let the graph take texts");
    }
    List<String> transforms = new ArrayList<>();
    if (widens) {
      transforms.add(FeatureDraft.ONE_HOT);
    } else {
      if (profile.hasMissing()) {
        transforms.add(
            "{impute: " + Yaml.scalar(profile.byFrequency().findFirst().orElse("")) + "}");
      }
      transforms.add("ordinal");
    }
    String way = widens ? "an element for each of `values`" : "its position in `values`";
    return new FeatureDraft(
        slot,
        FeatureType.CATEGORY,
        profile.hasMissing(),
        null,
        distinct,
        transforms,
        "the values are those of the data",
        "the graph takes numbers for it, here "
            + way
            + ": mend `values` or `inputs` if the training did otherwise; then say here what it is");
  }

  private FeatureDraft draft(
      FeatureType type,
      boolean nullable,
      @Nullable Range range,
      String seen,
      @Nullable String doubt) {
    boolean bearsNan = target == ElementType.FLOAT || target == ElementType.DOUBLE;
    String missing =
        bearsNan
            ? "nan"
            : type == FeatureType.BOOLEAN ? "false" : type.isTemporal() ? "1970-01-01" : "0";
    return new FeatureDraft(
        slot,
        type,
        nullable,
        range,
        List.of(),
        nullable ? List.of("{impute: " + missing + "}") : List.of(),
        seen,
        doubt);
  }
}
