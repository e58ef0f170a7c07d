package io.evenkeel.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may do: rights, each for all models or for those it names. Written as scopes,
 * {@code predict} or {@code predict:loan-default}. Immutable.
 */
public final class Grants {
  private static final Pattern FORM =
      Pattern.compile("([a-z]+)(?::([A-Za-z0-9][A-Za-z0-9._-]{0,127}))?");

  /** Whoever has a right for no model in particular has it for all. */
  private static final Set<String> ALL = Set.of();

  private final Map<Right, Set<String>> models = new EnumMap<>(Right.class);

  private Grants() {}

  /**
   * Reads scopes.
   *
   * @throws IllegalArgumentException if one isn't known, and says which there are
   */
  public static Grants of(Collection<String> scopes) {
    Grants grants = new Grants();
    for (String scope : scopes) {
      if (!grants.add(scope)) {
        throw new IllegalArgumentException(
            "`"
                + scope
                + "` is no scope; there are "
                + Arrays.stream(Right.values()).map(Right::word).collect(Collectors.joining(", "))
                + ", each alone or for one model as in `predict:loan-default`");
      }
    }
    return grants;
  }

  /** The same from a list that may hold scopes of other services too. */
  public static Grants amongOthers(Collection<String> scopes) {
    Grants grants = new Grants();
    scopes.forEach(grants::add);
    return grants;
  }

  private boolean add(String scope) {
    Matcher parts = FORM.matcher(scope);
    if (!parts.matches()) {
      return false;
    }
    for (Right right : Right.values()) {
      if (right.word().equals(parts.group(1))) {
        add(right, parts.group(2));
        return true;
      }
    }
    return false;
  }

  private void add(Right right, @Nullable String model) {
    Set<String> found = models.get(right);
    if (model == null) {
      models.put(right, ALL);
    } else if (found == null) {
      models.put(right, Set.of(model));
    } else if (!found.isEmpty()) {
      Set<String> more = new TreeSet<>(found);
      more.add(model);
      models.put(right, Set.copyOf(more));
    }
  }

  /** Whether the right is granted for a model. */
  public boolean allows(Right right, String model) {
    Set<String> granted = models.get(right);
    return granted != null && (granted.isEmpty() || granted.contains(model));
  }

  /** Whether it is granted for every model. */
  public boolean allowsAll(Right right) {
    Set<String> granted = models.get(right);
    return granted != null && granted.isEmpty();
  }

  /** Whether it is granted for any model. */
  public boolean allowsSome(Right right) {
    return models.containsKey(right);
  }
}
