package gantry.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import gantry.api.Clock;
import gantry.api.container.ContainerDriver;
import gantry.api.coordination.Coordinator;
import gantry.api.proxy.Proxy;
import org.junit.jupiter.api.Test;

/**
 * The planner is a pure function: the same observation always gives the same plan. It reads no
 * clock, starts nothing, waits for nothing, remembers nothing and tells nobody.
 */
class PlannerTest {
  private static final String PLANNER = "gantry.engine.plan..";

  @Test
  void itTouchesNothingOutsideItsArguments() {
    noClasses()
        .that()
        .resideInAPackage(PLANNER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.net..",
            "java.nio..",
            "java.security..",
            "java.util.concurrent..",
            "java.util.random..",
            "java.util.logging..",
            "org.slf4j..",
            "com.google.inject..",
            "gantry.engine.exec..",
            "gantry.engine.loop..",
            "gantry.engine.event..",
            "gantry.engine.config..",
            "gantry.engine.plugin..")
        .check(Code.ALL);
  }

  @Test
  void itKnowsNoClockThreadOrChance() {
    noClasses()
        .that()
        .resideInAPackage(PLANNER)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            System.class,
            Runtime.class,
            Thread.class,
            ThreadLocal.class,
            Process.class,
            ProcessHandle.class,
            java.util.Random.class,
            java.util.SplittableRandom.class,
            java.util.UUID.class,
            java.util.Timer.class,
            java.time.Clock.class,
            Clock.class,
            ContainerDriver.class,
            Coordinator.class,
            Proxy.class)
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(Object.class, "wait")
        .check(Code.ALL);
  }

  @Test
  void itReadsValuesOfTheStoreAndNotTheStore() {
    noClasses()
        .that()
        .resideInAPackage(PLANNER)
        .should()
        .dependOnClassesThat()
        .haveSimpleNameEndingWith("Store")
        .check(Code.ALL);
  }
}
