package io.evenkeel.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
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

  /** Where a body goes to. */
  @FunctionalInterface
  interface Outlet {
    /**
     * @param length of the whole body, in bytes
     */
    OutputStream open(int length) throws IOException;
  }

  /** Writes a body, whose length is known before the first of it goes out. */
  void write(Consumer<JsonGenerator> content, Outlet outlet) throws IOException {
    Outflow out = new Outflow();
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
      content.accept(json);
      out.to(outlet.open(out.kept() + json.streamWriteOutputBuffered()));
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  /** A matcher for a few names; the position in the list is what a parser answers. */
  PropertyNameMatcher matcher(String... names) {
    return factory.constructNameMatcher(
        List.of(names).stream().map(Named::fromString).toList(), false);
  }
}
