package io.evenkeel.api;

import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The forms in which a card is answered. */
enum CardForm {
  JSON,
  HTML;

  /**
   * The form that a request prefers (RFC 9110, 12.5.1); JSON where it doesn't say, or likes both
   * alike.
   *
   * @param accept the values of {@code Accept}
   * @throws RefusedRequest if it accepts neither, or can't be read
   */
  static CardForm preferred(@Nullable Enumeration<String> accept) {
    List<String> values = accept == null ? List.of() : Collections.list(accept);
    if (values.stream().allMatch(String::isBlank)) {
      return JSON;
    }
    List<MediaType> ranges = parse(values);
    double json = JSON.quality(ranges);
    double html = HTML.quality(ranges);
    if (json <= 0 && html <= 0) {
      throw new RefusedRequest(
          ProblemKind.NOT_ACCEPTABLE, "accept application/json or text/html, or leave Accept out");
    }
    return html > json ? HTML : JSON;
  }

  private static List<MediaType> parse(List<String> values) {
    try {
      return MediaType.parseMediaTypes(values);
    } catch (InvalidMediaTypeException e) {
      throw new RefusedRequest(
          ProblemKind.BAD_HEADER, "Accept must be a list of media types, such as text/html;q=0.9");
    }
  }

  private MediaType type() {
    return switch (this) {
      case JSON -> MediaType.APPLICATION_JSON;
      case HTML -> MediaType.TEXT_HTML;
    };
  }

  /** What the most specific range says that holds this form; 0 where none does. */
  private double quality(List<MediaType> ranges) {
    return ranges.stream()
        .filter(range -> range.includes(type()))
        .min(Comparator.comparingInt(CardForm::wildcards))
        .map(MediaType::getQualityValue)
        .orElse(0.0);
  }

  private static int wildcards(MediaType range) {
    if (range.isWildcardType()) {
      return 2;
    }
    return range.isWildcardSubtype() ? 1 : 0;
  }
}
