package io.evenkeel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.TreeNode;

/**
 * The borders between the packages, and the habits all code keeps. docs/architecture.md says why.
 */
class ArchitectureTest {
  private static final String ROOT = "io.evenkeel";
  private static final String[] LOWER_FLOORS = {
    ROOT + ".contract..",
    ROOT + ".preprocess..",
    ROOT + ".admission..",
    ROOT + ".inference..",
    ROOT + ".rollout.."
  };
  private static final String[] PURE = {ROOT + ".contract..", ROOT + ".preprocess.."};

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

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

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

  @Test
  void rowsAreReadWithoutATree() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(TreeNode.class)
        .because("a row is read straight from the parser; a tree of it would double the work")
        .check(CODE);
  }

  @Test
  void nothingIsKeptInThreadLocals() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".api.Arrivals")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocal.class)
        .because(
            "each request has a virtual thread of its own, so a cache per thread never hits; what "
                + "Arrivals keeps there is no cache, but whom the thread serves")
        .check(CODE);
  }

  @Test
  void pureCodeKnowsNoDefaultLocale() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(String.class, "formatted", Object[].class)
        .orShould()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethodWhere(
            target(owner(describe("Locale", c -> c.isEquivalentTo(Locale.class))))
                .and(named("getDefault")))
        .because("the same row must give the same tensor in every country")
        .check(CODE);
  }

  @Test
  void pureCodeKnowsNoClockAndNoChance() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callMethodWhere(
            named("now").and(target(owner(describe("a time", ArchitectureTest::isTime)))))
        .orShould()
        .callMethod("java.time.ZoneId", "systemDefault")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(RandomGenerator.class)
        .because("the same row must give the same tensor tomorrow, and in every time zone")
        .check(CODE);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils)")
        .because("such a name fits any class, and so names none")
        .check(CODE);
  }

  @Test
  void logsGoThroughSlf4j() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING
        .because("only what goes through SLF4J is structured and carries the request's id")
        .check(CODE);
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
        .because("a line on the console that isn't JSON breaks the log")
        .check(CODE);
  }

  @Test
  void collaboratorsComeThroughConstructors() {
    NO_CLASSES_SHOULD_USE_FIELD_INJECTION
        .because("fields are final, and a test needs no container")
        .check(CODE);
  }

  @Test
  void settingsAreImmutable() {
    classes()
        .that()
        .areAnnotatedWith("org.springframework.boot.context.properties.ConfigurationProperties")
        .should()
        .beRecords()
        .because("a setting that can change while it is read is two settings")
        .check(CODE);
  }

  @Test
  void packagesAreNullMarked() {
    List<String> unmarked =
        CODE.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(found -> !found.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();

    assertThat(unmarked).as("null safety is checked only in marked packages").isEmpty();
  }

  private static boolean isOurs(JavaClass found) {
    return found.getPackageName().startsWith(ROOT);
  }

  /** The first part of the package's name below the root; empty for the root itself. */
  private static String capability(JavaClass found) {
    String[] parts = found.getPackageName().split("\\.", -1);
    return parts.length < 3 ? "" : parts[2];
  }

  private static DescribedPredicate<JavaCall<?>> named(String name) {
    return describe("to `" + name + "`", call -> call.getName().equals(name));
  }

  private static boolean isTime(JavaClass found) {
    return found.isAssignableTo(Temporal.class) || found.getName().startsWith("java.time.");
  }
}
