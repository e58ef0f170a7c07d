package io.evenkeel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.evenkeel.OurCode.CODE;
import static io.evenkeel.OurCode.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The borders between the packages. docs/architecture.md says why. */
class ArchitectureTest {
  private static final String[] LOWER_FLOORS = {
    ROOT + ".contract..",
    ROOT + ".preprocess..",
    ROOT + ".admission..",
    ROOT + ".inference..",
    ROOT + ".rollout.."
  };

  /** For each package, which of the others it may use; its sub-packages go with it. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("contract", Set.of()),
          Map.entry("preprocess", Set.of("contract")),
          Map.entry("inference", Set.of("contract", "preprocess")),
          Map.entry("admission", Set.of()),
          Map.entry("registry", Set.of("contract", "preprocess", "inference", "admission")),
          Map.entry("routing", Set.of("contract", "registry")),
          Map.entry(
              "control",
              Set.of(
                  "contract",
                  "inference",
                  "registry",
                  "routing",
                  "rollout",
                  "serving",
                  "monitoring",
                  "keyring")),
          Map.entry(
              "serving",
              Set.of("contract", "preprocess", "inference", "admission", "registry", "routing")),
          Map.entry("keyring", Set.of("contract")),
          Map.entry(
              "audit",
              Set.of("contract", "admission", "registry", "control", "serving", "keyring")),
          Map.entry("rollout", Set.of("contract")),
          Map.entry("security", Set.of()),
          Map.entry(
              "monitoring",
              Set.of(
                  "contract",
                  "inference",
                  "admission",
                  "registry",
                  "routing",
                  "control",
                  "serving")),
          Map.entry(
              "explain",
              Set.of(
                  "contract",
                  "preprocess",
                  "inference",
                  "admission",
                  "registry",
                  "routing",
                  "serving",
                  "monitoring")),
          Map.entry(
              "api",
              Set.of(
                  "contract",
                  "preprocess",
                  "inference",
                  "admission",
                  "registry",
                  "routing",
                  "control",
                  "rollout",
                  "serving",
                  "explain",
                  "monitoring",
                  "audit",
                  "security")),
          Map.entry(
              "ops",
              Set.of(
                  "contract",
                  "admission",
                  "registry",
                  "routing",
                  "control",
                  "monitoring",
                  "audit")),
          Map.entry(
              "cli",
              Set.of(
                  "contract",
                  "preprocess",
                  "inference",
                  "registry",
                  "monitoring",
                  "security",
                  "keyring",
                  "audit")));

  static Stream<Arguments> borders() {
    return MAY_USE.entrySet().stream()
        .map(border -> Arguments.of(border.getKey(), border.getValue()));
  }

  @ParameterizedTest(name = "{0} uses only {1}")
  @MethodSource("borders")
  void packagesUseOnlyWhatTheTableAllows(String name, Set<String> mayUse) {
    Set<String> allowed = new TreeSet<>(mayUse);
    allowed.add(name);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name + "..")
        .should()
        .dependOnClassesThat(
            describe(
                "are ours and outside " + allowed,
                found -> isOurs(found) && !allowed.contains(capability(found))))
        .because(
            "a request walks in one direction, and a floor that knows the one above can't be "
                + "used, tested or replaced without it")
        .check(CODE);
  }

  @Test
  void eachPackageStandsInTheTable() {
    Set<String> found = new TreeSet<>();
    CODE.stream().map(ArchitectureTest::capability).forEach(found::add);
    found.remove("");

    assertThat(found)
        .as("a new package needs borders too")
        .isEqualTo(new TreeSet<>(MAY_USE.keySet()));
  }

  @Test
  void packagesFormNoCycles() {
    slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("what depends on each other is one package, whatever the folders say")
        .check(CODE);
  }

  @Test
  void onlyInferenceKnowsOnnxRuntime() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".inference..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .because(
            "its objects free native memory: who owns them must be visible in one place, and "
                + "its errors, which can quote values, are translated there")
        .check(CODE);
  }

  @Test
  void onlyAdmissionAndTheWiringKnowBulkheads() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".admission..", ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.resilience4j..")
        .because("how requests are admitted will change, and nobody else should notice")
        .check(CODE);
  }

  @Test
  void onlyTheControlStoreKnowsDatabases() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".control.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "org.springframework.jdbc..",
            "org.springframework.transaction..",
            "org.flywaydb..",
            "com.zaxxer..")
        .because(
            "its failures, which can quote credentials, are translated there, and a request never "
                + "waits for a database")
        .check(CODE);
  }

  @Test
  void onlyTracingKnowsOpenTelemetry() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".monitoring.tracing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .because("the walk reads as well without it, and costs nothing where nobody records")
        .check(CODE);
  }

  @Test
  void lowerFloorsArePlainJava() {
    noClasses()
        .that()
        .resideInAnyPackage(LOWER_FLOORS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "jakarta..", "io.micrometer..", "org.slf4j..")
        .because("a benchmark or a notebook can then drive them, and their tests need no context")
        .check(CODE);
  }

  @Test
  void onlyTheApiSpeaksHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".api..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.servlet.http..")
        .because("outcomes become HTTP in one place")
        .check(CODE);
  }

  private static boolean isOurs(JavaClass found) {
    return found.getPackageName().startsWith(ROOT);
  }

  /** The first part of the package's name below the root; empty for the root itself. */
  private static String capability(JavaClass found) {
    String[] parts = found.getPackageName().split("\\.", -1);
    return parts.length < 3 ? "" : parts[2];
  }
}
