package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;

/**
 * The client's test of docs/compatibility.md finds what it is there for: it is called as a subject.
 */
@SuppressWarnings("JUnitMethodInvoked")
@ServingTest
@ContextConfiguration(initializers = EvolvingModels.class)
class LoanClientExampleTest {
  private static final String PROPERTY = "evenkeel.model";

  private final Caller caller;

  LoanClientExampleTest(Caller caller) {
    this.caller = caller;
  }

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  private LoanClientTest clientOf(String model) {
    System.setProperty(PROPERTY, "http://localhost:" + caller.port() + "/v1/models/" + model);
    return new LoanClientTest();
  }

  @Test
  void isContentWithTheContractItWasWrittenFor() throws Exception {
    LoanClientTest client = clientOf("loan-default");
    client.theContractHasTheMajorVersionThatWeWereWrittenFor();
    for (String request : LoanClientTest.requests().toList()) {
      client.ourRequestsAreTakenAndTheAnswersHoldWhatWeRead(request);
      client.nothingThatWeUseIsAboutToEnd(request);
    }
  }

  @Test
  void findsANarrowerRange() {
    assertFails(
        () -> askEach(clientOf("loan-narrowed")), "contract-violation", "at most 60 (months)");
  }

  @Test
  void findsALabelThatHasAnotherName() {
    assertFails(() -> askEach(clientOf("loan-relabelled")), "paid");
  }

  @Test
  void findsAnotherMajorVersion() {
    LoanClientTest client = clientOf("loan-major");
    assertFails(client::theContractHasTheMajorVersionThatWeWereWrittenFor, "2.");
  }

  @Test
  void findsAnEndThatIsAnnounced() {
    LoanClientTest client = clientOf("loan-ending");
    String request = LoanClientTest.requests().findFirst().orElseThrow();
    assertFails(() -> client.nothingThatWeUseIsAboutToEnd(request), "2999");
  }

  private static void askEach(LoanClientTest client) throws Exception {
    for (String request : LoanClientTest.requests().toList()) {
      client.ourRequestsAreTakenAndTheAnswersHoldWhatWeRead(request);
    }
  }

  private static void assertFails(ThrowingCallable test, String... words) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(test)
        .satisfies(failure -> assertThat(failure.getMessage()).contains(words));
  }

  @Test
  void isShownAsItIs() throws Exception {
    String source = Files.readString(Path.of("src/test/java/io/evenkeel/api/LoanClientTest.java"));
    String shown = source.substring(source.indexOf("import static"));
    assertThat(Files.readString(Path.of("docs/compatibility.md")))
        .contains("```java\n" + shown + "```");
  }
}
