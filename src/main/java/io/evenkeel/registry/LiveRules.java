package io.evenkeel.registry;

import io.evenkeel.contract.Enforcement;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the versions' rules as {@code rules.yaml} wants them. The file is taken as a whole or not
 * at all: where anything in it is wrong, the rules stay as they were. Without the file every rule
 * is enforced. Thread-safe.
 */
public final class LiveRules implements VersionListener {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);

  /** What a look at the file has led to. */
  public enum Reload {
    /** It is as it was at the last look. */
    UNCHANGED,
    /** The rules are as it says. */
    APPLIED,
    /** Something in it is wrong, and nothing was changed. */
    REFUSED
  }

  private final ModelRegistry registry;
  private final Path file;
  private @Nullable Content last;
  private volatile List<Mistake> mistakes = List.of();

  /**
   * @param models the models' folder
   */
  public LiveRules(ModelRegistry registry, Path models) {
    this.registry = registry;
    this.file = models.resolve(RulesFile.NAME);
  }

  /** What the file holds. */
  private sealed interface Content {
    /** There is no file. */
    record Absent() implements Content {}

    /** It can't be read. */
    record Unreadable(String reason) implements Content {}

    /** Its bytes. */
    record Present(ByteBuffer bytes) implements Content {}
  }

  /** Why the file as it is now isn't in force; empty where it is. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  /** Looks at the file, and does as it says if it has changed. Call it once versions are loaded. */
  public synchronized Reload refresh() {
    Content content = read();
    if (content.equals(last)) {
      return Reload.UNCHANGED;
    }
    last = content;
    try {
      apply(resolve(content, new FlagResolution(registry)));
      mistakes = List.of();
      return Reload.APPLIED;
    } catch (UnusableModelException e) {
      mistakes = e.mistakes();
      mistakes.forEach(
          mistake -> LOG.error("The rules stay as they are, because of a mistake. {}", mistake));
      return Reload.REFUSED;
    }
  }

  /** A version that is about to serve begins with the rules that are in force. */
  @Override
  public synchronized void proved(ModelVersion version, Servable servable) {
    if (last == null) {
      return;
    }
    try {
      FlagResolution resolution =
          new FlagResolution(registry, new FlagResolution.Candidate(version, servable));
      RuleFlags flags = resolve(last, resolution).getOrDefault(servable, RuleFlags.NONE);
      servable.rules().turnTo(flags);
      logChanges(version, RuleFlags.NONE, flags);
    } catch (UnusableModelException e) {
      LOG.warn(
          "Model {} begins with every rule enforced, because of a mistake. {}",
          version,
          e.mistakes().getFirst());
    }
  }

  /** A line may fit by now, or not any more. */
  @Override
  public synchronized void changed() {
    if (last != null) {
      last = null;
      Reload ignored = refresh();
    }
  }

  private Content read() {
    try {
      return new Content.Present(ByteBuffer.wrap(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return new Content.Absent();
    } catch (IOException e) {
      return new Content.Unreadable(e.getClass().getSimpleName());
    }
  }

  private static Map<Servable, RuleFlags> resolve(Content content, FlagResolution resolution) {
    return switch (content) {
      case Content.Absent ignored -> Map.of();
      case Content.Unreadable unreadable ->
          throw new UnusableModelException(
              RulesFile.NAME,
              0,
              "the file can't be read (" + unreadable.reason() + ")",
              "check its permissions");
      case Content.Present present -> {
        Mistakes found = new Mistakes();
        YamlNode document = YamlNode.parse(RulesFile.NAME, text(present.bytes()), found);
        Map<Servable, RuleFlags> flags = resolution.resolve(RulesFile.read(document));
        found.throwIfAny();
        yield flags;
      }
    };
  }

  private static String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw new UnusableModelException(
          RulesFile.NAME, 0, "the file isn't UTF-8", "save it as UTF-8");
    }
  }

  private void apply(Map<Servable, RuleFlags> wanted) {
    for (ModelVersion version : registry.all()) {
      Servable servable = version.servable();
      if (servable == null) {
        continue;
      }
      RuleFlags before = servable.flags();
      RuleFlags after = wanted.getOrDefault(servable, RuleFlags.NONE);
      if (!before.equals(after)) {
        servable.rules().turnTo(after);
        logChanges(version, before, after);
      }
    }
  }

  private static void logChanges(ModelVersion version, RuleFlags before, RuleFlags after) {
    Set<RuleFlags.Key> keys = new HashSet<>(before.flags().keySet());
    keys.addAll(after.flags().keySet());
    for (RuleFlags.Key key : keys) {
      Enforcement old = before.of(key.feature(), key.rule());
      Enforcement now = after.of(key.feature(), key.rule());
      if (old != now) {
        LOG.info(
            "Rule {} of {} in model {} is {} now; it was {}",
            key.rule(),
            key.feature().isEmpty() ? "every row" : "feature " + key.feature(),
            version,
            YamlNode.written(now),
            YamlNode.written(old));
      }
    }
  }
}
