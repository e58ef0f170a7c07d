package io.evenkeel.monitoring.watch;

import io.evenkeel.contract.Contract;
import io.evenkeel.monitoring.drift.DriftGroup;
import io.evenkeel.monitoring.drift.DriftLevel;
import io.evenkeel.monitoring.drift.DriftSnapshot;
import io.evenkeel.monitoring.drift.EffectSizes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a version's drift, as JSON values. Bins are named by the values that bound them,
 * those of sensitive features by their position only.
 *
 * @param level whether there is an alarm
 * @param document the whole
 */
public record DriftReport(DriftLevel level, Map<String, @Nullable Object> document) {
  /** Of about so many rows a recent share is. */
  private static final int RECENT = 1000;

  static DriftReport of(VersionDrift drift, DriftProperties properties, double dropped) {
    DriftSnapshot own = drift.own();
    FleetView fleet = drift.fleet();
    DriftSnapshot together = fleet == null ? own : drift.snapshot();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("level", word(together.level()));
    document.put("says", says(together, properties));
    document.put("rows", own.rows());
    document.put("notLookedAt", Math.round(dropped));
    document.put("thresholds", Map.of("inform", properties.inform(), "act", properties.act()));
    if (drift.season() != null) {
      document.put("season", drift.season());
    }
    addEvidence(document, own, drift.contract());
    if (fleet != null) {
      document.put("ownLevel", word(own.level()));
      document.put("fleet", fleet(fleet, together, drift.contract()));
    }
    document.put("effects", effects(drift.effects()));
    return new DriftReport(together.level(), document);
  }

  private static void addEvidence(
      Map<String, @Nullable Object> document, DriftSnapshot snapshot, Contract contract) {
    document.put("evidence", snapshot.evidence());
    document.put("alarms", Map.of("inform", snapshot.informs(), "act", snapshot.acts()));
    document.put(
        "alarmRowsAgo", snapshot.level() == DriftLevel.CALM ? null : snapshot.raisedRowsAgo());
    Map<String, Object> groups = new LinkedHashMap<>();
    for (DriftGroup group : DriftGroup.values()) {
      groups.put(DriftMeters.word(group), snapshot.groups().getOrDefault(group, 0.0));
    }
    document.put("byDetector", groups);
    document.put(
        "causes",
        snapshot.causes().stream().map(cause -> cause(cause, snapshot.rows(), contract)).toList());
  }

  private static Map<String, @Nullable Object> fleet(
      FleetView fleet, DriftSnapshot together, Contract contract) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("level", word(together.level()));
    document.put("servers", fleet.size());
    document.put("rows", together.rows());
    addEvidence(document, together, contract);
    List<Object> others = new ArrayList<>();
    for (FleetView.Server server : fleet.servers()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("server", server.name());
      one.put("rows", server.rows());
      one.put("evidence", server.evidence());
      one.put("ageSeconds", server.age().toSeconds());
      one.put(
          "part",
          switch (server.part()) {
            case COUNTED -> "counted";
            case TOO_OLD -> "left out: too old";
            case OF_ANOTHER_REFERENCE -> "left out: of another reference.json";
          });
      others.add(one);
    }
    document.put("others", others);
    return document;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String says(DriftSnapshot snapshot, DriftProperties properties) {
    String promise =
        "without drift an alarm comes once in at least %,.0f rows, in the mean"
            .formatted(properties.inform());
    if (snapshot.level() == DriftLevel.CALM) {
      return "no drift is seen; " + promise;
    }
    String cause =
        snapshot.causes().isEmpty()
            ? "many streams a little"
            : "`%s` since about %,d rows"
                .formatted(
                    snapshot.causes().getFirst().stream(),
                    snapshot.causes().getFirst().sinceRowsAgo());
    return "the traffic isn't what the model was trained on: " + cause + "; " + promise;
  }

  private static Map<String, Object> cause(
      DriftSnapshot.Cause cause, long rows, Contract contract) {
    int feature = contract.indexOf(cause.stream());
    boolean sensitive = feature >= 0 && contract.features().get(feature).sensitive();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("stream", cause.stream());
    document.put("detector", DriftMeters.word(cause.group()));
    document.put("evidence", cause.evidence());
    document.put("sinceRowsAgo", cause.sinceRowsAgo());
    int least = contract.disclosure().minimumGroup();
    List<Object> shifts = new ArrayList<>();
    for (int i = 0; i < cause.shifts().size(); i++) {
      DriftSnapshot.Shift shift = cause.shifts().get(i);
      if (Math.round(shift.recent() * Math.min(rows, RECENT)) < least && least > 1) {
        continue;
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("bin", sensitive ? "bin " + (i + 1) : shift.bin());
      one.put("expected", shift.expected());
      one.put("recent", shift.recent());
      shifts.add(one);
    }
    document.put("shifts", shifts);
    if (least > 1) {
      document.put("minimumGroup", least);
      document.put("withheld", cause.shifts().size() - shifts.size());
    }
    return document;
  }

  private static Map<String, Object> effects(Map<String, EffectSizes> effects) {
    Map<String, Object> document = new LinkedHashMap<>();
    effects.forEach((stream, sizes) -> {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("rows", sizes.rows());
      one.put("psi", sizes.psi());
      one.put("psiByChance", sizes.psiThreshold());
      one.put("jensenShannon", sizes.jensenShannon());
      one.put("wasserstein", orNull(sizes.wasserstein()));
      one.put("kolmogorovSmirnov", orNull(sizes.kolmogorovSmirnov()));
      document.put(stream, one);
    });
    return document;
  }

  private static @Nullable Double orNull(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }
}
