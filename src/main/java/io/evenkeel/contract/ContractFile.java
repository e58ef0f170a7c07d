package io.evenkeel.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A model folder's {@code contract.yaml}: the contract, and the document it came from, whose {@code
 * inputs} section the preprocessor compiles.
 *
 * @param contract features, rules and outputs
 * @param document the whole document, to read further sections with their lines
 */
public record ContractFile(Contract contract, YamlNode document) {
  /** The file's name within a model folder. */
  public static final String NAME = "contract.yaml";

  private static final int FINGERPRINT_DIGITS = 12;
  private static final Set<String> KEYS =
      Set.of(
          "schemaVersion",
          "description",
          "deprecated",
          "unknownFields",
          "features",
          "rules",
          "inputs",
          "outputs",
          "degradation",
          "audit",
          "disclosure",
          "fairness");
  private static final Pattern SEMANTIC_VERSION =
      Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)");

  /**
   * Reads the contract and holds it against itself.
   *
   * @throws UnusableModelException with every mistake found
   */
  public static ContractFile read(byte[] content) {
    Mistakes mistakes = new Mistakes();
    YamlNode document = YamlNode.parse(NAME, new String(content, StandardCharsets.UTF_8), mistakes);
    document.allowKeys(KEYS);
    String version = document.requireText("schemaVersion", "add `schemaVersion: 1.0.0`");
    if (!version.isEmpty() && !SEMANTIC_VERSION.matcher(version).matches()) {
      document.mistake(
          "`schemaVersion: " + version + "` is no semantic version", "write it like `1.0.0`");
    }
    List<Feature> features = FeatureSection.read(document);
    List<Rule> rules = new RuleSection(features).read(document);
    int mistakesBefore = mistakes.all().size();
    Outputs outputs = OutputSection.read(document);
    boolean known = mistakes.all().size() == mistakesBefore;
    List<Degradation> degradation = new DegradationSection(known ? outputs : null).read(document);
    Fairness fairness = new FairnessSection(features, known ? outputs : null).read(document);
    Disclosure disclosure =
        new DisclosureSection(known ? outputs : null).read(document, fairness != null);
    Deprecation deprecation = DeprecationSection.read(document);
    List<Integer> audited = AuditSection.read(document, features);
    UnknownFields unknownFields =
        document.choice("unknownFields", UnknownFields.class, UnknownFields.REJECT);
    String description = document.findText("description");
    mistakes.throwIfAny();
    var identity =
        new Contract.Identity(
            version, description == null ? "" : description, fingerprint(content), deprecation);
    var inputs = new Contract.Inputs(unknownFields, features, rules, audited);
    var answers = new Contract.Answers(outputs, degradation, disclosure, fairness);
    Contract contract = new Contract(identity, inputs, answers);
    ExampleCheck.check(contract, document);
    mistakes.throwIfAny();
    return new ContractFile(contract, document);
  }

  /**
   * Checks what can only be checked when the version is known whose contract this is.
   *
   * @throws UnusableModelException if it would fall back to itself
   */
  public void checkAsOf(String version) {
    DegradationSection.checkFallback(document, version);
    document.mistakes().throwIfAny();
  }

  private static String fingerprint(byte[] content) {
    return Sha256.hex(content).substring(0, FINGERPRINT_DIGITS);
  }
}
