package io.evenkeel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static io.evenkeel.OurCode.CODE;
import static io.evenkeel.OurCode.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import tools.jackson.core.TreeNode;

/** The habits that code keeps, all of it or that of the lower floors, each with its reason. */
class HabitsTest {
  private static final String[] PURE = {ROOT + ".contract..", ROOT + ".preprocess.."};

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
        .callMethodWhere(named("now").and(target(owner(describe("a time", HabitsTest::isTime)))))
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

  private static DescribedPredicate<JavaCall<?>> named(String name) {
    return describe("to `" + name + "`", call -> call.getName().equals(name));
  }

  private static boolean isTime(JavaClass found) {
    return found.isAssignableTo(Temporal.class) || found.getName().startsWith("java.time.");
  }
}
