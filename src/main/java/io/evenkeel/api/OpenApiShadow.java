package io.evenkeel.api;

import static io.evenkeel.api.OpenApiSchemas.listOf;
import static io.evenkeel.api.OpenApiSchemas.nullable;
import static io.evenkeel.api.OpenApiSchemas.object;
import static io.evenkeel.api.OpenApiSchemas.reference;
import static io.evenkeel.api.OpenApiSchemas.text;

import io.evenkeel.contract.YamlNode;
import io.evenkeel.serving.shadow.DropReason;
import io.evenkeel.serving.shadow.ShadowReport;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The shape of the report on a model's shadow. */
final class OpenApiShadow {
  private OpenApiShadow() {}

  static void addTo(Components components) {
    components
        .addSchemas("ShadowPair", pair())
        .addSchemas(
            "ShadowRows",
            counts(List.of("taken", "compared", "agree", "differ", "failed", "late"))
                .description("What became of the copies; late ones are failed ones"))
        .addSchemas(
            "ShadowDrops",
            counts(Arrays.stream(DropReason.values()).map(DropReason::word).toList())
                .description("Copies that weren't tried, by reason"))
        .addSchemas("ShadowFigures", figures())
        .addSchemas(
            "ShadowAgreement",
            object(
                    "share", new NumberSchema(),
                    "least", new NumberSchema(),
                    "most", new NumberSchema())
                .description("The share of compared rows, with its 95 % interval"))
        .addSchemas(
            "ShadowLabels",
            object(
                "stable", nullable(text()),
                "candidate", nullable(text()),
                "rows", new IntegerSchema()))
        .addSchemas(
            "ShadowSeconds", object("stable", figuresOrNull(), "candidate", figuresOrNull()))
        .addSchemas("ShadowReport", report());
  }

  private static Schema<?> report() {
    return object(
            "model", text(),
            "shadow", text(),
            "share", text(),
            "sinceRevision", new IntegerSchema(),
            "at", moment(),
            "verdict", text(),
            "pair", nullable(reference("ShadowPair")),
            "rows", reference("ShadowRows"),
            "dropped", reference("ShadowDrops"),
            "agreement", nullable(reference("ShadowAgreement")),
            "measure", nullable(measure()),
            "distance", figuresOrNull(),
            "absoluteDifference", figuresOrNull(),
            "incomparable", new IntegerSchema(),
            "labels", listOf("ShadowLabels"),
            "unlisted", new IntegerSchema(),
            "laneSeconds", reference("ShadowSeconds"))
        .addProperty("minimumGroup", OpenApiValidation.minimumGroup())
        .addProperty(
            "withheld",
            new IntegerSchema().description("How many pairs of labels have fewer rows"));
  }

  private static Schema<?> pair() {
    return object(
            "stable", text(),
            "stableContract", text(),
            "candidateContract", nullable(text()),
            "since", moment())
        .description("The versions as they are loaded, and since when they are compared");
  }

  private static Schema<?> counts(List<String> names) {
    List<Object> members = new ArrayList<>();
    names.forEach(name -> members.addAll(List.of(name, new IntegerSchema())));
    return object(members.toArray());
  }

  private static Schema<?> figures() {
    return object(
            Stream.concat(
                    Stream.of("rows", new IntegerSchema()),
                    Stream.of("mean", "p50", "p95", "p99", "max")
                        .flatMap(name -> Stream.of(name, new NumberSchema())))
                .toArray())
        .description("The quantiles are estimates, right to within 1.33 % of the ranks");
  }

  private static Schema<?> figuresOrNull() {
    return nullable(reference("ShadowFigures"));
  }

  private static Schema<?> measure() {
    Schema<String> measure = new StringSchema();
    measure.setEnum(Arrays.stream(ShadowReport.Measure.values()).map(YamlNode::written).toList());
    return measure;
  }

  private static Schema<?> moment() {
    return new StringSchema().format("date-time");
  }
}
