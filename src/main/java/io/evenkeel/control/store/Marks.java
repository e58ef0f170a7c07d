package io.evenkeel.control.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of small facts. */
final class Marks {
  private final JdbcClient jdbc;

  Marks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Nullable String find(String name) {
    return jdbc.sql("SELECT fact FROM evenkeel_mark WHERE name = :name")
        .param("name", name)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /** Only while {@link Head} is held: nobody else then adds the same name in between. */
  void set(Map<String, String> marks) {
    marks.forEach((name, fact) -> {
      if (with(name, fact, "UPDATE evenkeel_mark SET fact = :fact WHERE name = :name") == 0) {
        with(name, fact, "INSERT INTO evenkeel_mark (name, fact) VALUES (:name, :fact)");
      }
    });
  }

  private int with(String name, String fact, String sql) {
    return jdbc.sql(sql).param("name", name).param("fact", fact).update();
  }
}
