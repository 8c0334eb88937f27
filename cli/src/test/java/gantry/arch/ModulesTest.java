package gantry.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which module may use what. A line that grows is a decision: a plugin that reaches into the
 * engine, or an SPI that needs a library, binds everybody who uses it.
 */
class ModulesTest {
  private static final String CHECKS = "gantry.plugin.checks..";
  private static final String DOCKER = "gantry.plugin.driver.docker..";
  private static final String PROCESS = "gantry.plugin.driver.process..";
  private static final String ETCD = "gantry.plugin.coordinator.etcd..";
  private static final String LOCAL = "gantry.plugin.coordinator.local..";
  private static final String NETTY = "gantry.plugin.proxy.netty..";
  private static final String API = "gantry.api..";
  private static final String PF4J = "org.pf4j..";
  private static final String SLF4J = "org.slf4j..";
  private static final String JACKSON = "com.fasterxml.jackson..";

  /**
   * The classes of a module and what they may use besides themselves, the JDK and JSpecify.
   *
   * @param name as in the build
   */
  record Module(String name, String classes, List<String> uses) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Module> modules() {
    return Stream.of(
        module("gantry-api", API, "org.pf4j"),
        module(
            "gantry-testkit",
            "gantry.testkit..",
            API,
            "org.junit..",
            "org.assertj..",
            "org.awaitility..",
            "org.opentest4j..",
            "org.apiguardian.."),
        module(
            "gantry-engine", "gantry.engine..", API, PF4J, SLF4J, JACKSON, "com.google.inject.."),
        module("checks", CHECKS, API, PF4J),
        module(
            "driver-docker",
            DOCKER,
            API,
            PF4J,
            SLF4J,
            JACKSON,
            "com.github.dockerjava..",
            "org.apache.hc.."),
        module("driver-process", PROCESS, API, PF4J, SLF4J, JACKSON),
        module(
            "coordinator-etcd",
            ETCD,
            API,
            PF4J,
            SLF4J,
            "io.etcd.jetcd..",
            "io.grpc..",
            "io.netty.handler.ssl..",
            "io.vertx.core.."),
        module("coordinator-local", LOCAL, API, PF4J, SLF4J, JACKSON),
        module(
            "proxy-netty",
            NETTY,
            API,
            PF4J,
            SLF4J,
            "gantry.proxy",
            "gantry.proxy.client..",
            "gantry.proxy.wire.."),
        module("proxy", "gantry.proxy..", "io.netty..", "com.sun.net.httpserver..", SLF4J, JACKSON),
        module(
            "cli",
            "gantry.cli..",
            API,
            "gantry.engine..",
            "picocli..",
            "com.google.inject..",
            SLF4J,
            JACKSON));
  }

  private static Module module(String name, String classes, String... uses) {
    return new Module(name, classes, List.of(uses));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleUsesOnlyWhatItMay(Module module) {
    List<String> allowed =
        Stream.concat(
                Stream.of(module.classes(), "java..", "javax..", "jdk.net..", "org.jspecify.."),
                module.uses().stream())
            .toList();
    classes()
        .that()
        .resideInAPackage(module.classes())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(Code.ALL);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyPackageBelongsToAModule(Module module) {
    String root = module.classes().substring(0, module.classes().length() - 2);
    assertThat(Code.ALL.stream().filter(c -> c.getPackageName().startsWith(root))).isNotEmpty();
    assertThat(Code.ALL.stream().map(c -> c.getPackageName()).distinct().toList())
        .allMatch(ModulesTest::isKnown);
  }

  private static boolean isKnown(String packageName) {
    return modules()
        .map(module -> module.classes().substring(0, module.classes().length() - 2))
        .anyMatch(root -> (packageName + ".").startsWith(root + "."));
  }
}
