package io.evenkeel.api;

import io.evenkeel.admission.Shed;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an operation answers: its success, and the problems it can end in, each with its headers.
 */
final class OpenApiAnswers {
  private static final String HEADERS = "#/components/headers/";

  /** What any call can end in where callers have to prove who they are. */
  private static final Set<ProblemKind> OF_ACCESS =
      EnumSet.of(
          ProblemKind.UNAUTHENTICATED,
          ProblemKind.FORBIDDEN,
          ProblemKind.QUOTA_EXCEEDED,
          ProblemKind.IDENTITY_UNAVAILABLE);

  private OpenApiAnswers() {}

  /** Adds the headers, and the problem that each status has. */
  static void addTo(Components components) {
    components.addHeaders(
        RequestHeaders.REQUEST_ID,
        header("The caller's id for the request, or one made here", Map.of("type", "string")));
    components.addHeaders(
        "Server-Timing",
        header("How long each step took, in milliseconds", Map.of("type", "string")));
    components.addHeaders(
        "Deprecation",
        header(
                "Since when the version is deprecated (RFC 9745), if it is",
                Map.of("type", "string"))
            .required(false));
    components.addHeaders(
        "Sunset",
        header(
                "From when on the version isn't served any more (RFC 8594), if set",
                Map.of("type", "string"))
            .required(false));
    components.addHeaders(
        "Retry-After",
        header(
            "After how many seconds it is worth to try again",
            Map.of("type", "integer", "minimum", 1)));
    byStatus(List.of(ProblemKind.values()))
        .forEach(
            (status, kinds) -> components.addSchemas("Problem" + status, problem(status, kinds)));
  }

  private static Header header(String description, Map<String, Object> schema) {
    return new Header().description(description).required(true).schema(OpenApiSchemas.of(schema));
  }

  private static Map<Integer, List<ProblemKind>> byStatus(List<ProblemKind> kinds) {
    return kinds.stream()
        .collect(Collectors.groupingBy(ProblemKind::status, TreeMap::new, Collectors.toList()));
  }

  private static Schema<?> problem(int status, List<ProblemKind> kinds) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "type", Map.of("type", "string", "enum", kinds.stream().map(ProblemKind::type).toList()));
    properties.put("status", Map.of("type", "integer", "const", status));
    List<String> required = List.of("requestId");
    if (kinds.contains(ProblemKind.OVERLOADED)) {
      properties.put("reason", Map.of("type", "string", "enum", reasons()));
    }
    if (kinds.contains(ProblemKind.QUOTA_EXCEEDED)) {
      properties.put(
          "quota", Map.of("type", "string", "enum", List.of("rate", "concurrency", "failures")));
    }
    if (kinds.contains(ProblemKind.CONTRACT_VIOLATION)) {
      required = List.of("requestId", "violations");
    }
    Map<String, Object> special = new LinkedHashMap<>();
    special.put("type", "object");
    special.put("properties", properties);
    special.put("required", required);
    return OpenApiSchemas.of(
        Map.of("allOf", List.of(Map.of("$ref", "#/components/schemas/Problem"), special)));
  }

  private static List<String> reasons() {
    return Arrays.stream(Shed.Reason.values()).map(Shed.Reason::word).toList();
  }

  /**
   * @param type the media type of a success
   * @param schema the component that describes it
   * @param problems the kinds that the operation can end in
   */
  static ApiResponses of(String type, String schema, Set<ProblemKind> problems) {
    Set<ProblemKind> all = EnumSet.copyOf(problems);
    all.addAll(OF_ACCESS);
    ApiResponses responses = new ApiResponses();
    responses.addApiResponse("200", response("Success", type, schema));
    byStatus(List.copyOf(all))
        .forEach((status, kinds) -> {
          String slugs = kinds.stream().map(ProblemKind::slug).collect(Collectors.joining(", "));
          ApiResponse response = response(slugs, "application/problem+json", "Problem" + status);
          if (kinds.contains(ProblemKind.OVERLOADED)
              || kinds.contains(ProblemKind.QUOTA_EXCEEDED)) {
            response.addHeaderObject("Retry-After", reference("Retry-After"));
          }
          responses.addApiResponse(Integer.toString(status), response);
        });
    return responses;
  }

  /** The same by a version, which says that it is going away, if it is. */
  static ApiResponses byVersion(String type, String schema, Set<ProblemKind> problems) {
    ApiResponses responses = of(type, schema, problems);
    responses
        .values()
        .forEach(response ->
            response
                .addHeaderObject("Deprecation", reference("Deprecation"))
                .addHeaderObject("Sunset", reference("Sunset")));
    return responses;
  }

  private static ApiResponse response(String description, String type, String schema) {
    MediaType body = new MediaType().schema(OpenApiSchemas.reference(schema));
    return new ApiResponse()
        .description(description)
        .content(new Content().addMediaType(type, body))
        .headers(
            new LinkedHashMap<>(
                Map.of(
                    RequestHeaders.REQUEST_ID,
                    reference(RequestHeaders.REQUEST_ID),
                    "Server-Timing",
                    reference("Server-Timing"))));
  }

  private static Header reference(String header) {
    return new Header().$ref(HEADERS + header);
  }
}
