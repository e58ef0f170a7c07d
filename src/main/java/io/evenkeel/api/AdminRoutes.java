package io.evenkeel.api;

import io.evenkeel.control.JournalEntry;
import io.evenkeel.control.JournalQuery;
import io.evenkeel.control.Revision;
import io.evenkeel.control.RouteControl;
import io.evenkeel.routing.ModelRoute;
import io.evenkeel.routing.Routes;
import io.evenkeel.routing.RoutesDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Routes, their revisions and the journal as JSON values, and the changes to them. Thread-safe. */
final class AdminRoutes {
  private static final int MOST_REVISIONS = 100;
  private static final int MOST_ENTRIES = 1000;
  private static final int ENTRIES = 100;

  private final RouteControl control;

  AdminRoutes(RouteControl control) {
    this.control = control;
  }

  long revision() {
    return control.revision();
  }

  Object all() {
    return document(control.revision(), RoutesDocument.write(control.routes()));
  }

  private static Map<String, Object> document(long revision, Object routes) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("revision", revision);
    document.put("routes", routes);
    return document;
  }

  Object route(String model) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("revision", control.revision());
    document.put("model", model);
    document.put("route", RoutesDocument.write(control.routes().of(model)));
    return document;
  }

  void replaceAll(long expected, AdminBody body) {
    Routes routes =
        RoutesDocument.read(
            "routes", body.requireObject("routes", "send what GET /v1/admin/routes answers"));
    Revision ignored = control.change(expected, body.author(), "routes-replaced", before -> routes);
  }

  void replaceRoute(long expected, String model, AdminBody body) {
    ModelRoute route =
        RoutesDocument.readRoute(
            "route", model, body.requireObject("route", "send for example {\"stable\": \"1\"}"));
    Revision ignored =
        control.changeRoute(expected, body.author(), "route-changed", model, before -> route);
  }

  void pin(long expected, String model, AdminBody body) {
    String version = body.requireText("version", "name the version that is to answer all requests");
    Revision ignored =
        control.changeRoute(
            expected, body.author(), "pinned", model, before -> before.withPin(version));
  }

  void unpin(long expected, String model, AdminBody body) {
    Revision ignored =
        control.changeRoute(
            expected, body.author(), "unpinned", model, before -> before.withPin(null));
  }

  void rollBack(long expected, AdminBody body) {
    long number = body.requireNumber("revision", "name the revision to go back to");
    Revision ignored = control.rollBack(expected, number, body.author());
  }

  Object revisions() {
    List<Object> revisions =
        control.store().revisions(MOST_REVISIONS).stream().map(AdminRoutes::revision).toList();
    return Map.of("revisions", revisions);
  }

  @Nullable Object revision(long number) {
    Revision found = control.store().revision(number);
    return found == null ? null : revision(found);
  }

  private static Object revision(Revision revision) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("revision", revision.number());
    document.put("at", revision.at().toString());
    document.put("routes", JsonMapper.shared().readTree(revision.document()));
    return document;
  }

  Object journal(AdminQuery query) {
    int limit = query.integer("limit", ENTRIES, MOST_ENTRIES);
    List<JournalEntry> entries =
        control
            .store()
            .journal(
                new JournalQuery(
                    query.text("model"), query.integer("after", 0, Integer.MAX_VALUE), limit));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("entries", entries.stream().map(AdminRoutes::entry).toList());
    if (entries.size() == limit) {
      document.put("next", "after=" + entries.getLast().id());
    }
    return document;
  }

  private static Map<String, @Nullable Object> entry(JournalEntry entry) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", entry.id());
    document.put("at", entry.at().toString());
    document.put("who", entry.who());
    document.put("why", entry.why());
    document.put("action", entry.action());
    if (entry.model() != null) {
      document.put("model", entry.model());
    }
    document.put("before", json(entry.before()));
    document.put("after", json(entry.after()));
    document.put("revision", entry.revision());
    return document;
  }

  private static @Nullable Object json(@Nullable String text) {
    return text == null ? null : JsonMapper.shared().readTree(text);
  }
}
