package io.evenkeel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Binds a settings record as the application does. */
public final class BoundSettings {
  private BoundSettings() {}

  /** The settings when nothing is configured. */
  public static <T extends Record> T defaults(Class<T> type) {
    return bind(type, Map.of());
  }

  /**
   * The settings when every key is configured.
   *
   * @param values for each key without its prefix, another value than its default
   */
  public static <T extends Record> T allSet(Class<T> type, Map<String, String> values) {
    T defaults = defaults(type);
    T set = bind(type, values);
    assertThat(type.getRecordComponents()).as("keys").hasSameSizeAs(values.entrySet());
    assertThat(Arrays.stream(type.getRecordComponents()))
        .as("each key is bound")
        .allSatisfy(component -> {
          component.getAccessor().setAccessible(true);
          assertThat(component.getAccessor().invoke(set))
              .as(component.getName())
              .isNotEqualTo(component.getAccessor().invoke(defaults));
        });
    return set;
  }

  private static <T extends Record> T bind(Class<T> type, Map<String, String> values) {
    String prefix =
        Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class)).value();
    Map<String, String> properties = new HashMap<>();
    values.forEach((key, value) -> properties.put(prefix + "." + key, value));
    return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
  }
}
