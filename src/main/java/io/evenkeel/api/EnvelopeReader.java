package io.evenkeel.api;

import io.evenkeel.contract.JsonPointers;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.Violation;
import io.evenkeel.explain.ExplainRequest;
import io.evenkeel.serving.BatchRequest;
import io.evenkeel.serving.Envelope;
import io.evenkeel.serving.PredictionRequest;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.sym.PropertyNameMatcher;

/**
 * Reads request bodies token by token: the envelope here, each instance by the contract's reader.
 * Thread-safe.
 */
final class EnvelopeReader {
  private static final int CONTENT = 0;
  private static final int OPTIONS = 1;
  private static final int MOST_VIOLATIONS = 100;
  private static final Options NO_OPTIONS =
      (name, json, objection) -> {
        throw new RefusedRequest(
            ProblemKind.UNKNOWN_OPTION, "there are no options yet; leave `options` empty or out");
      };

  private final JsonBodies bodies;
  private final int maxInstances;
  private final PropertyNameMatcher singleNames;
  private final PropertyNameMatcher batchNames;

  EnvelopeReader(JsonBodies bodies, int maxInstances) {
    this.bodies = bodies;
    this.maxInstances = maxInstances;
    this.singleNames = bodies.matcher("instance", "options");
    this.batchNames = bodies.matcher("instances", "options");
  }

  /**
   * Reads {@code {"instance": {...}, "options": {...}}}.
   *
   * @throws RefusedRequest if the body is no JSON, is beyond a limit or names an unknown option
   */
  PredictionRequest readSingle(InputStream body, RowReader rows) {
    return new Reading<Row>(singleNames, "instance", NO_OPTIONS) {
      @Override
      Row content(JsonParser json) {
        return rows.read(json);
      }
    }.read(body, PredictionRequest::new);
  }

  /** Reads {@code {"instances": [{...}, ...], "options": {...}}}; errors as {@link #readSingle}. */
  BatchRequest readBatch(InputStream body, RowReader rows) {
    return new Reading<List<Row>>(batchNames, "instances", NO_OPTIONS) {
      @Override
      @Nullable List<Row> content(JsonParser json) {
        return instances(json, rows, this);
      }
    }.read(body, BatchRequest::new);
  }

  /**
   * Reads {@code {"instance": {...}, "options": {"permutations": 64, "seed": 1}}}; errors as {@link
   * #readSingle}.
   */
  ExplainRequest readExplain(InputStream body, RowReader rows) {
    ExplainOptions options = new ExplainOptions();
    return new Reading<Row>(singleNames, "instance", options) {
      @Override
      Row content(JsonParser json) {
        return rows.read(json);
      }
    }.read(body, (row, envelope) -> options.request(new PredictionRequest(row, envelope)));
  }

  private @Nullable List<Row> instances(JsonParser json, RowReader rows, Reading<?> reading) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      reading.violate("/instances", "type", "an array of instances");
      json.skipChildren();
      return null;
    }
    List<Row> instances = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (instances.size() == maxInstances) {
        throw new RefusedRequest(
            ProblemKind.TOO_MANY_INSTANCES,
            "the batch has more than " + maxInstances + " instances; send it in several requests");
      }
      instances.add(rows.read(json, instances.size()));
    }
    return instances;
  }

  /** Reads the options of one body. */
  interface Options {
    /**
     * Reads an option whose value the parser stands on.
     *
     * @throws RefusedRequest if there is no such option
     */
    void read(String name, JsonParser json, Objection objection);
  }

  /** Takes note of what is wrong at a place. */
  interface Objection {
    void raise(String pointer, String rule, String expected);
  }

  /** Makes a request of what was read. */
  private interface Assembly<C, R> {
    R assemble(@Nullable C content, Envelope envelope);
  }

  /** One reading of one body. */
  private abstract class Reading<C> {
    private final PropertyNameMatcher names;
    private final String contentName;
    private final Options options;
    private @Nullable C content;
    private @Nullable List<Violation> violations;
    private boolean contentSeen;
    private boolean optionsSeen;

    Reading(PropertyNameMatcher names, String contentName, Options options) {
      this.names = names;
      this.contentName = contentName;
      this.options = options;
    }

    abstract @Nullable C content(JsonParser json);

    <R> R read(InputStream body, Assembly<C, R> assembly) {
      try (JsonParser json = bodies.factory().createParser(ObjectReadContext.empty(), body)) {
        try {
          readDocument(json);
        } catch (JacksonException e) {
          throw MalformedBody.refusal(e, json);
        }
      }
      Envelope envelope = violations == null ? Envelope.SOUND : new Envelope(violations);
      return assembly.assemble(content, envelope);
    }

    private void readDocument(JsonParser json) {
      JsonToken first = json.nextToken();
      if (first == null) {
        throw new RefusedRequest(
            ProblemKind.MALFORMED_JSON, "the body is empty; send {\"" + contentName + "\": ...}");
      }
      if (first == JsonToken.START_OBJECT) {
        readMembers(json);
      } else {
        violate("", "type", "an object with the member `" + contentName + "`");
        json.skipChildren();
      }
      if (json.nextToken() != null) {
        throw MalformedBody.trailing(json);
      }
    }

    private void readMembers(JsonParser json) {
      while (true) {
        switch (json.nextNameMatch(names)) {
          case CONTENT -> readContent(json);
          case OPTIONS -> readOptions(json);
          case PropertyNameMatcher.MATCH_UNKNOWN_NAME -> refuseUnknown(json);
          default -> {
            return;
          }
        }
      }
    }

    private void readContent(JsonParser json) {
      json.nextToken();
      if (contentSeen) {
        violate("/" + contentName, "duplicate", "the member once");
        json.skipChildren();
      } else {
        contentSeen = true;
        content = content(json);
      }
    }

    private void readOptions(JsonParser json) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        violate("/options", "type", "an object");
        json.skipChildren();
        return;
      }
      if (optionsSeen) {
        violate("/options", "duplicate", "the member once");
      }
      optionsSeen = true;
      for (String option = json.nextName(); option != null; option = json.nextName()) {
        json.nextToken();
        options.read(option, json, this::violate);
      }
    }

    private void refuseUnknown(JsonParser json) {
      String name = json.currentName();
      boolean otherEndpoint = name.equals("instance") || name.equals("instances");
      String hint =
          otherEndpoint
              ? "`"
                  + contentName
                  + "` here; one instance goes to .../predict, many go to .../predict/batch"
              : "only `" + contentName + "` and `options`";
      violate(JsonPointers.append("", name), "unknownMember", hint);
      json.nextToken();
      json.skipChildren();
    }

    final void violate(String pointer, String rule, String expected) {
      if (violations == null) {
        violations = new ArrayList<>();
      }
      if (violations.size() < MOST_VIOLATIONS) {
        violations.add(new Violation(pointer, "", rule, expected, null));
      }
    }
  }
}
