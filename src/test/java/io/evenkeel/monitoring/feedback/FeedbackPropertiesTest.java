package io.evenkeel.monitoring.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.BoundSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedbackPropertiesTest {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration OFTEN = Duration.ofSeconds(10);

  @Test
  void haveDefaults() {
    assertThat(BoundSettings.defaults(FeedbackProperties.class))
        .isEqualTo(new FeedbackProperties(MONTH, 1_000_000, 100));
    assertThat(BoundSettings.defaults(QualityProperties.class))
        .isEqualTo(new QualityProperties(5_000, MONTH, 100, 0.6, OFTEN));
  }

  @Test
  void takeEachKey() {
    assertThat(
            BoundSettings.allSet(
                FeedbackProperties.class,
                Map.of("retention", "2h", "max-predictions", "0", "max-rate", "7")))
        .isEqualTo(new FeedbackProperties(Duration.ofHours(2), 0, 7));
    assertThat(
            BoundSettings.allSet(
                QualityProperties.class,
                Map.of(
                    "window", "200",
                    "window-time", "1d",
                    "min-outcomes", "20",
                    "confidence-floor", "0.9",
                    "refresh", "2s")))
        .isEqualTo(new QualityProperties(200, Duration.ofDays(1), 20, 0.9, Duration.ofSeconds(2)));
  }

  @Test
  void refuseWhatMakesNoSense() {
    assertThatThrownBy(() -> new FeedbackProperties(Duration.ZERO, 1, 1))
        .hasMessageContaining("evenkeel.feedback.retention");
    assertThatThrownBy(() -> new FeedbackProperties(MONTH, -1, 1))
        .hasMessageContaining("evenkeel.feedback.max-predictions");
    assertThatThrownBy(() -> new FeedbackProperties(MONTH, 1, 0))
        .hasMessageContaining("evenkeel.feedback.max-rate");
    assertThatThrownBy(() -> new QualityProperties(0, MONTH, 1, 0.5, OFTEN))
        .hasMessageContaining("evenkeel.quality.window`");
    assertThatThrownBy(() -> new QualityProperties(10, Duration.ZERO, 1, 0.5, OFTEN))
        .hasMessageContaining("evenkeel.quality.window-time");
    assertThatThrownBy(() -> new QualityProperties(10, MONTH, 11, 0.5, OFTEN))
        .hasMessageContaining("evenkeel.quality.min-outcomes");
    assertThatThrownBy(() -> new QualityProperties(10, MONTH, 1, 1.5, OFTEN))
        .hasMessageContaining("evenkeel.quality.confidence-floor");
    assertThatThrownBy(() -> new QualityProperties(10, MONTH, 1, 0.5, Duration.ofMillis(99)))
        .hasMessageContaining("evenkeel.quality.refresh");
  }
}
