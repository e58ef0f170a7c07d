package io.evenkeel.api;

import java.util.List;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;
import tools.jackson.databind.json.JsonMapper;

/** How the server reads and writes JSON: strictly, within limits, UTF-8 only. Thread-safe. */
public final class JsonBodies {
  private final JsonFactory factory;
  private final JsonMapper mapper;

  public JsonBodies(ApiProperties limits) {
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.maxDepth())
                    .maxStringLength(limits.maxStringLength())
                    .maxNameLength(limits.maxNameLength())
                    .maxNumberLength(limits.maxNumberLength())
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();
    this.mapper = JsonMapper.builder(factory).build();
  }

  /** For whole documents, away from the hot path. */
  public JsonMapper mapper() {
    return mapper;
  }

  JsonFactory factory() {
    return factory;
  }

  /** A matcher for a few names; the position in the list is what a parser answers. */
  PropertyNameMatcher matcher(String... names) {
    return factory.constructNameMatcher(
        List.of(names).stream().map(Named::fromString).toList(), false);
  }
}
