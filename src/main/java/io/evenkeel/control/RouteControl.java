package io.evenkeel.control;

import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.Sha256;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.routing.ModelRoute;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routes;
import io.evenkeel.routing.RoutesDocument;
import io.evenkeel.routing.RoutesFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one way in which routes change: by {@code routes.yaml}, by operators, by a rollout's guard. A
 * change is checked as a whole, kept with its entry in the journal, and only then in force, so that
 * a process that is killed at any moment goes on by the last revision it has kept.
 *
 * <p>The file is taken where its content isn't what it was when it was last taken; otherwise the
 * last revision counts, whoever made it. Thread-safe; calls block, so none belongs on a request's
 * thread.
 */
public final class RouteControl {
  private static final Logger LOG = LoggerFactory.getLogger(RouteControl.class);

  /** The mark that holds the digest of the file that was last taken. */
  private static final String FILE_MARK = "routes.yaml";

  private static final String BY_FILE = "routes-file";
  private static final int MOST_ATTEMPTS = 10;

  private final Router router;
  private final Path models;
  private final JournalListener listener;
  private volatile @Nullable ControlStore store;

  /** The content of the file that was last refused, so that it is told once. */
  private @Nullable String refusedDigest;

  private volatile List<Mistake> mistakes = List.of();

  /**
   * @param models the models' folder
   */
  public RouteControl(Router router, Path models) {
    this(router, models, (entry, revision) -> {});
  }

  /**
   * @param listener is told of each entry in the journal
   */
  public RouteControl(Router router, Path models, JournalListener listener) {
    this.router = router;
    this.models = models;
    this.listener = listener;
  }

  /** Takes up where the last process left off, and goes by it from now on. */
  public synchronized void open(ControlStore found) {
    ControlStore opened = new HeardStore(found, listener);
    Revision latest = opened.latest();
    store = opened;
    if (latest != null) {
      use(latest);
    }
    boolean ignored = takeFile(latest == null);
    if (latest == null && opened.latest() == null) {
      // The file was refused: begin with what is in force, so that there is a revision to change.
      use(append(0, router.routes(), new Author("evenkeel", "the first start"), BY_FILE, null));
    }
  }

  /** Whether it knows the last revision, and can make others. */
  public boolean isOpen() {
    return store != null;
  }

  /** What is remembered; there once it is open. */
  public ControlStore store() {
    ControlStore opened = store;
    if (opened == null) {
      throw new ControlStateException(
          "the control state isn't open yet: wait until the server is ready");
    }
    return opened;
  }

  /** Why the file as it is now isn't in force; empty where it is, or was overruled later. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  /** What is in force. */
  public Routes routes() {
    return router.routes();
  }

  public long revision() {
    return router.revision();
  }

  /**
   * Takes what others have decided: the file where it has changed, and another process that shares
   * the store.
   */
  public synchronized void look() {
    Revision latest = store().latest();
    if (latest != null && latest.number() != router.revision()) {
      use(latest);
    }
    boolean ignored = takeFile(false);
  }

  /**
   * @param first whether there is no revision yet
   * @return whether it has become a revision
   */
  private boolean takeFile(boolean first) {
    String digest = "";
    try {
      Optional<byte[]> content = RoutesFile.bytes(models);
      digest = content.map(Sha256::hex).orElse("none");
      if (digest.equals(store().mark(FILE_MARK))) {
        mistakes = List.of();
        return false;
      }
      if (digest.equals(refusedDigest) && !RoutesReadiness.mayChange(mistakes)) {
        return false;
      }
      Routes routes = content.map(RoutesFile::parse).orElse(Routes.NONE);
      check(routes, first);
      long before = first ? 0 : router.revision();
      Author author = new Author(RoutesFile.NAME, "the file has changed");
      Revision revision =
          store()
              .append(
                  before,
                  write(routes),
                  draft(author, BY_FILE, null, routes),
                  Map.of(FILE_MARK, digest));
      mistakes = List.of();
      refusedDigest = null;
      use(revision);
      return true;
    } catch (UnusableModelException e) {
      if (!digest.equals(refusedDigest) || !mistakes.equals(e.mistakes())) {
        e.mistakes()
            .forEach(mistake ->
                LOG.error("The routes stay as they are, because of a mistake. {}", mistake));
      }
      mistakes = e.mistakes();
      refusedDigest = digest;
      return false;
    }
  }

  private void check(Routes routes, boolean first) {
    router.check(routes);
    if (!first) {
      RoutesReadiness.check(router, routes);
    }
  }

  /**
   * Changes all routes.
   *
   * @param expected the revision that the change was made for; negative for any
   * @param action what is done, in one word
   * @throws UnusableModelException if the routes can't be in force
   * @throws StaleRevisionException if somebody else was faster
   */
  public synchronized Revision change(
      long expected, Author author, String action, UnaryOperator<Routes> change) {
    if (expected >= 0 && expected != router.revision()) {
      throw new StaleRevisionException(expected, router.revision());
    }
    return apply(author, action, null, change.apply(router.routes()));
  }

  /**
   * Changes one model's route, whatever revision is in force.
   *
   * @param action what is done, in one word
   * @throws UnusableModelException if the route can't be in force
   */
  public Revision changeRoute(
      Author author, String action, String model, UnaryOperator<ModelRoute> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return changeRoute(-1, author, action, model, change);
      } catch (StaleRevisionException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
        look();
      }
    }
  }

  /**
   * Changes one model's route.
   *
   * @param expected the revision that the change was made for; negative for any
   * @param action what is done, in one word
   * @throws UnusableModelException if the route can't be in force
   * @throws StaleRevisionException if somebody else was faster
   */
  public synchronized Revision changeRoute(
      long expected, Author author, String action, String model, UnaryOperator<ModelRoute> change) {
    if (expected >= 0 && expected != router.revision()) {
      throw new StaleRevisionException(expected, router.revision());
    }
    return apply(author, action, model, router.routes().with(model, change));
  }

  /**
   * Goes back to an earlier revision, which becomes the latest.
   *
   * @param expected the revision that the change was made for
   * @throws UnusableModelException if there is no such revision, or it can't be in force any more
   * @throws StaleRevisionException if somebody else was faster
   */
  public Revision rollBack(long expected, long number, Author author) {
    Revision earlier = store().revision(number);
    if (earlier == null) {
      throw new UnusableModelException(
          "revision",
          0,
          "there is no revision " + number,
          "GET /v1/admin/routes/revisions lists them");
    }
    Routes routes = read(earlier);
    return change(expected, author, "routes-rolled-back", now -> routes);
  }

  private Revision apply(Author author, String action, @Nullable String model, Routes routes) {
    check(routes, false);
    Revision revision = append(router.revision(), routes, author, action, model);
    use(revision);
    return revision;
  }

  private Revision append(
      long before, Routes routes, Author author, String action, @Nullable String model) {
    return store().append(before, write(routes), draft(author, action, model, routes));
  }

  private JournalDraft draft(Author author, String action, @Nullable String model, Routes after) {
    Routes before = router.routes();
    return new JournalDraft(
        author.who(),
        author.why(),
        action,
        model,
        model == null ? write(before) : write(before.of(model)),
        model == null ? write(after) : write(after.of(model)));
  }

  private void use(Revision revision) {
    Routes before = router.routes();
    Routes routes = read(revision);
    router.use(routes, revision.number());
    TreeSet<String> models = new TreeSet<>(before.models().keySet());
    models.addAll(routes.models().keySet());
    for (String model : models) {
      if (!before.of(model).equals(routes.of(model))) {
        LOG.info(
            "Routes, revision {}: model {} is routed {}; it was {}",
            revision.number(),
            model,
            write(routes.of(model)),
            write(before.of(model)));
      }
    }
  }

  private static Routes read(Revision revision) {
    return RoutesDocument.read("revision " + revision.number(), revision.document());
  }

  private static String write(Routes routes) {
    return JsonMapper.shared().writeValueAsString(RoutesDocument.write(routes));
  }

  private static String write(ModelRoute route) {
    return JsonMapper.shared().writeValueAsString(RoutesDocument.write(route));
  }
}
