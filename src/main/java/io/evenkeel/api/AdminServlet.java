package io.evenkeel.api;

import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.control.ControlStateException;
import io.evenkeel.control.StaleRevisionException;
import io.evenkeel.security.Quotas;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything under {@code /v1/admin}: what operators see and change. A change says why; a change of
 * the routes says with {@code If-Match} which revision it was made for. Thread-safe.
 */
final class AdminServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(AdminServlet.class);
  private static final int ACCEPTED = 202;

  /** Whatever revision is in force. */
  private static final long ANY = -1;

  private final transient AdminAccess admission;
  private final transient AdminRoutes routes;
  private final transient AdminVersions versions;
  private final transient AdminRollouts rollouts;
  private final transient Answers answers;
  private final transient JsonBodies bodies;
  private final transient @Nullable RequestAudit audit;

  /**
   * @param audit null where nothing is recorded
   */
  AdminServlet(
      AdminAccess admission,
      AdminRoutes routes,
      AdminVersions versions,
      AdminRollouts rollouts,
      Answers answers,
      JsonBodies bodies,
      @Nullable RequestAudit audit) {
    super(admission.access(), answers);
    this.admission = admission;
    this.routes = routes;
    this.versions = versions;
    this.rollouts = rollouts;
    this.answers = answers;
    this.bodies = bodies;
    this.audit = audit;
  }

  @Override
  Quotas.Entrance.@Nullable Admitted admit(Exchange exchange) {
    admission.require(exchange, need(exchange.request()));
    return null;
  }

  @Override
  @Nullable Need need(HttpServletRequest request) {
    AdminResource resource = AdminResource.at(request.getPathInfo());
    return resource == null ? null : Need.of(resource);
  }

  @Override
  void refuse(Exchange exchange, Problem problem) throws IOException {
    boolean isTold =
        audit == null
            || !isRecorded(exchange, problem)
            || problem.kind() == ProblemKind.AUDIT_UNAVAILABLE
            || audit.keepRefusal("admin", exchange, problem);
    super.refuse(exchange, isTold ? problem : RequestAudit.UNAVAILABLE);
  }

  /** Reading is nothing to record, unless somebody does who may not. */
  private static boolean isRecorded(Exchange exchange, Problem problem) {
    return !method(exchange).equals("GET")
        || problem.kind() == ProblemKind.UNAUTHENTICATED
        || problem.kind() == ProblemKind.FORBIDDEN;
  }

  @Override
  void answer(Exchange exchange) throws IOException {
    if (audit != null && !method(exchange).equals("GET")) {
      audit.requireChange(exchange);
    }
    try {
      dispatch(exchange);
    } catch (UnusableModelException refused) {
      throw new RefusedRequest(unusable(refused.mistakes()));
    } catch (StaleRevisionException stale) {
      throw new RefusedRequest(stale(stale));
    } catch (ControlStateException e) {
      LOG.error("An admin call failed: {}", e.getMessage());
      exchange.response().setHeader("Retry-After", "2");
      throw new RefusedRequest(
          ProblemKind.CONTROL_UNAVAILABLE, "nothing was changed; the log and health say why");
    }
  }

  private static Problem unusable(List<Mistake> mistakes) {
    String detail =
        mistakes.stream()
            .map(mistake -> mistake.cause() + ": " + mistake.mend())
            .collect(Collectors.joining("; "));
    return Problem.of(ProblemKind.UNUSABLE_CHANGE, detail);
  }

  private static Problem stale(StaleRevisionException stale) {
    return Problem.of(
            ProblemKind.STALE_REVISION,
            "the change was made for revision "
                + stale.expected()
                + ", but revision "
                + stale.latest()
                + " is in force; read it, and decide again")
        .with(Map.of("revision", stale.latest()));
  }

  private void dispatch(Exchange exchange) throws IOException {
    RequestHeaders.requireAcceptable(exchange.request());
    AdminResource resource = AdminResource.at(exchange.request().getPathInfo());
    String method = method(exchange);
    switch (resource) {
      case AdminResource.AllRoutes ignored -> {
        allow(exchange, "GET", "PUT");
        if (method.equals("PUT")) {
          long expected = requireRevision(exchange);
          routes.replaceAll(expected, AdminBody.read(exchange, bodies, "routes"));
        }
        answerWithRevision(exchange, routes.all());
      }
      case AdminResource.Route route -> {
        allow(exchange, "GET", "PUT");
        if (method.equals("PUT")) {
          long expected = requireRevision(exchange);
          routes.replaceRoute(expected, route.model(), AdminBody.read(exchange, bodies, "route"));
        }
        answerWithRevision(exchange, routes.route(route.model()));
      }
      case AdminResource.Pin pin -> {
        allow(exchange, "PUT", "DELETE");
        if (method.equals("PUT")) {
          routes.pin(revision(exchange), pin.model(), AdminBody.read(exchange, bodies, "version"));
        } else {
          routes.unpin(revision(exchange), pin.model(), AdminBody.read(exchange, bodies));
        }
        answerWithRevision(exchange, routes.route(pin.model()));
      }
      case AdminResource.RollBack ignored -> {
        allow(exchange, "POST");
        routes.rollBack(revision(exchange), AdminBody.read(exchange, bodies, "revision"));
        answerWithRevision(exchange, routes.all());
      }
      case AdminResource.Revisions ignored -> {
        allow(exchange, "GET");
        answers.document(exchange, routes.revisions());
      }
      case AdminResource.OneRevision one -> {
        allow(exchange, "GET");
        Object found = routes.revision(one.number());
        if (found == null) {
          throw new RefusedRequest(
              ProblemKind.NO_SUCH_RESOURCE,
              "there is no such revision; GET /v1/admin/routes/revisions lists the last ones");
        }
        answers.document(exchange, found);
      }
      case AdminResource.Journal ignored -> {
        allow(exchange, "GET");
        String query = exchange.request().getQueryString();
        answers.document(
            exchange, routes.journal(AdminQuery.read(query, "model", "after", "limit")));
      }
      case AdminResource.Rollouts of -> {
        allow(exchange, "GET", "POST");
        answers.document(
            exchange,
            method.equals("GET")
                ? rollouts.all(of.model())
                : rollouts.start(of.model(), AdminBody.read(exchange, bodies, "version", "plan")));
      }
      case AdminResource.RolloutStep of -> {
        allow(exchange, "POST");
        AdminBody body = AdminBody.read(exchange, bodies);
        answers.document(exchange, rollouts.step(of.model(), of.step(), body));
      }
      case AdminResource.Load load -> {
        allow(exchange, "POST");
        AdminBody body = AdminBody.read(exchange, bodies);
        answerLater(exchange, versions.load(load.model(), load.version(), body.author()));
      }
      case AdminResource.Unload unload -> {
        allow(exchange, "POST");
        AdminBody body = AdminBody.read(exchange, bodies);
        answerLater(exchange, versions.unload(unload.model(), unload.version(), body.author()));
      }
      case null ->
          throw new RefusedRequest(
              ProblemKind.NO_SUCH_RESOURCE,
              "see docs/admin.md for what there is, for example GET /v1/admin/routes");
    }
  }

  private void answerWithRevision(Exchange exchange, Object document) throws IOException {
    exchange.response().setHeader("ETag", "\"" + routes.revision() + "\"");
    answers.document(exchange, document);
  }

  private void answerLater(Exchange exchange, @Nullable Object done) throws IOException {
    if (done == null) {
      answers.document(
          exchange,
          ACCEPTED,
          Map.of("state", "begun", "next", "GET /v1/models shows how far it has come"));
    } else {
      answers.document(exchange, done);
    }
  }

  /** The revision that the change was made for. */
  private static long requireRevision(Exchange exchange) {
    long revision = revision(exchange);
    if (revision == ANY && exchange.request().getHeader("If-Match") == null) {
      throw new RefusedRequest(
          ProblemKind.REVISION_REQUIRED,
          "send the ETag of what you have read as If-Match, or `If-Match: *` for whatever is in"
              + " force");
    }
    return revision;
  }

  /** The same; {@link #ANY} where the caller doesn't say, or says {@code *}. */
  private static long revision(Exchange exchange) {
    String tag = exchange.request().getHeader("If-Match");
    if (tag == null || tag.strip().equals("*")) {
      return ANY;
    }
    String digits = tag.strip().replaceFirst("^W/", "").replace("\"", "");
    if (!digits.matches("[0-9]{1,18}")) {
      throw new RefusedRequest(
          ProblemKind.BAD_HEADER, "If-Match must be an ETag that this API has answered, or *");
    }
    return Long.parseLong(digits);
  }
}
