package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.evenkeel.BoundSettings;
import io.evenkeel.control.ControlStateException;
import io.evenkeel.security.Gatekeeper;
import io.evenkeel.security.Quotas;
import io.evenkeel.security.SecurityProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiServletTest {
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Scripted.class);
  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/scripted");
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.DEBUG);
    logged.start();
    logger.addAppender(logged);
    Request coyote = new Request();
    coyote.setResponse(new Response());
    request.setAttribute(Connection.class.getName(), new Connection(coyote));
  }

  @AfterEach
  void listenNoMore() {
    logger.setLevel(null);
    logger.detachAppender(logged);
  }

  private interface Script {
    void run(Exchange exchange) throws IOException;
  }

  private static final class Scripted extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private final transient Script script;
    private final transient List<String> idsInLogs = new ArrayList<>();
    private @Nullable String unwelcome;

    Scripted(Script script) {
      super(
          new Access(
              new Gatekeeper(
                  BoundSettings.defaults(SecurityProperties.class),
                  InstantSource.system(),
                  new SimpleMeterRegistry()),
              new Quotas(List.of()),
              model -> true),
          new Answers(new JsonBodies(BoundSettings.defaults(ApiProperties.class))));
      this.script = script;
    }

    @Override
    Quotas.Entrance.@Nullable Admitted admit(Exchange exchange) {
      if (unwelcome != null) {
        throw new RefusedRequest(ProblemKind.FORBIDDEN, unwelcome);
      }
      return super.admit(exchange);
    }

    @Override
    @Nullable Need need(HttpServletRequest asked) {
      return null;
    }

    @Override
    void answer(Exchange exchange) throws IOException {
      idsInLogs.add(String.valueOf(MDC.get(Exchange.REQUEST_ID_IN_LOGS)));
      script.run(exchange);
    }
  }

  private Scripted serve(Script script) throws IOException {
    Scripted servlet = new Scripted(script);
    servlet.service(request, response);
    return servlet;
  }

  private JsonNode problem() throws IOException {
    return JsonMapper.shared().readTree(response.getContentAsString());
  }

  private ILoggingEvent line() {
    assertThat(logged.list).hasSize(1);
    return logged.list.getFirst();
  }

  @Test
  void linesInTheLogCarryTheCallersIdUntilTheCallEnds() throws IOException {
    request.addHeader("X-Request-Id", "theirs");
    List<String> ids = new ArrayList<>();
    Scripted servlet = serve(exchange -> ids.add(exchange.requestId()));
    assertThat(servlet.idsInLogs).containsExactly("theirs").isEqualTo(ids);
    assertThat(MDC.get(Exchange.REQUEST_ID_IN_LOGS)).isNull();
  }

  @Test
  void linesInTheLogCarryOurIdWhereTheCallerBringsNone() throws IOException {
    List<String> ids = new ArrayList<>();
    Scripted servlet = serve(exchange -> ids.add(exchange.id()));
    assertThat(servlet.idsInLogs).isEqualTo(ids);
    assertThat(ids.getFirst()).hasSize(36);
  }

  @Test
  void refusesWhoMayNotCallBeforeAnythingElseIsRead() throws IOException {
    request.addHeader("X-Request-Id", "two words");
    Scripted servlet = new Scripted(exchange -> {});
    servlet.unwelcome = "not you";
    servlet.service(request, response);
    assertThat(response.getStatus()).isEqualTo(403);
    assertThat(problem().get("detail").asString()).isEqualTo("not you");
    assertThat(servlet.idsInLogs).isEmpty();
  }

  @Test
  void answersRefusalsWithoutALineInTheLog() throws IOException {
    serve(exchange -> {
      throw new RefusedRequest(ProblemKind.BAD_HEADER, "mend it");
    });
    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(problem().get("detail").asString()).isEqualTo("mend it");
    assertThat(logged.list).isEmpty();
  }

  @Test
  void saysWhenToComeAgainWhereTheDatabaseCannotBeAsked() throws IOException {
    serve(exchange -> {
      throw new ControlStateException("the database is away");
    });
    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeader("Retry-After")).isEqualTo("2");
    assertThat(problem().get("type").asString()).endsWith(":control-unavailable");
    assertThat(line().getLevel()).isEqualTo(Level.WARN);
    assertThat(line().getFormattedMessage()).endsWith("the database is away");
  }

  @Test
  void logsADefectUnderTheRequestsIdAndTellsNothingOfIt() throws IOException {
    request.addHeader("X-Request-Id", "theirs");
    serve(exchange -> {
      throw new IllegalStateException("secret");
    });
    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(response.getContentAsString()).doesNotContain("secret", "IllegalState");
    assertThat(problem().get("requestId").asString()).isEqualTo("theirs");
    assertThat(line().getLevel()).isEqualTo(Level.ERROR);
    assertThat(line().getMDCPropertyMap()).containsEntry(Exchange.REQUEST_ID_IN_LOGS, "theirs");
    assertThat(line().getThrowableProxy().getMessage()).isEqualTo("secret");
    assertThat(MDC.get(Exchange.REQUEST_ID_IN_LOGS)).isNull();
  }

  @Test
  void answersNobodyWhoHasHungUp() throws IOException {
    serve(exchange -> {
      throw new MalformedBody.ClientGone();
    });
    assertThat(response.getContentAsByteArray()).isEmpty();
    assertThat(line().getLevel()).isEqualTo(Level.DEBUG);
  }

  @Test
  void leavesABrokenConnectionToTheServer() {
    assertThatThrownBy(() ->
            serve(exchange -> {
              throw new IOException("broken pipe");
            }))
        .isInstanceOf(IOException.class);
    assertThat(logged.list).isEmpty();
    assertThat(MDC.get(Exchange.REQUEST_ID_IN_LOGS)).isNull();
  }
}
