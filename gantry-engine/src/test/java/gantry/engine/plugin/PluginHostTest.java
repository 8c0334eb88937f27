package gantry.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.check.HealthCheckFactory;
import gantry.engine.plugin.LoadedPlugin.Origin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that can be used, with jars that are forged on the spot. */
class PluginHostTest {
  @TempDir private Path work;

  @Test
  void loadsADroppedInJar() throws IOException {
    Path jar =
        forge("custom")
            .manifest("Plugin-Description", "A check of our own")
            .check("acme.LuckCheck", "luck")
            .jar(folder(), "luck.jar");

    try (PluginHost host = load()) {
      HealthCheckFactory factory = check(host, "luck");
      assertThat(factory.getClass().getName()).isEqualTo("acme.LuckCheck");
      assertThat(host.plugins())
          .containsExactly(
              new LoadedPlugin(
                  "custom",
                  "1.2.3",
                  "A check of our own",
                  jar,
                  Origin.DROPPED_IN,
                  List.of("check luck")));
    }
  }

  @Test
  void loadsShippedPluginsFromTheClassPath() throws IOException {
    Path checks =
        forge("s1").check("shipped.ACheck", "a").check("shipped.BCheck", "b").shipped("s1");
    Path more = forge("s0").check("shipped.CCheck", "c").shipped("s0");

    try (URLClassLoader application = application(checks, more);
        PluginHost host = PluginHost.load(application, Optional.empty())) {
      assertThat(host.plugins())
          .containsExactly(
              new LoadedPlugin(
                  "s0", "0.1.0", "Für Tests", more, Origin.SHIPPED, List.of("check c")),
              new LoadedPlugin(
                  "s1",
                  "0.1.0",
                  "Für Tests",
                  checks,
                  Origin.SHIPPED,
                  List.of("check a", "check b")));
      assertThat(check(host, "a").getClass().getClassLoader()).isSameAs(application);
    }
  }

  @Test
  void namesTheJarOfAShippedPlugin() throws IOException {
    ForgedPlugin forge = forge("s").check("shipped.ACheck", "a");
    Path jar = forge.pack(forge.shipped("s"), work.resolve("lib with blank"), "s.jar");

    try (URLClassLoader application = application(jar);
        PluginHost host = PluginHost.load(application, Optional.empty())) {
      assertThat(host.plugins().get(0).source()).isEqualTo(jar);
    }
  }

  @Test
  void aShippedPluginTakesItsOwnIndexAndNotAnotherOnTheClassPath() throws IOException {
    Path first = forge("f").check("shipped.FCheck", "f").shipped("f");
    Path second = forge("g").check("shipped.GCheck", "g").shipped("g");

    try (URLClassLoader application = application(first, second);
        PluginHost host = PluginHost.load(application, Optional.empty())) {
      assertThat(host.plugins())
          .extracting(LoadedPlugin::kinds)
          .containsExactly(List.of("check f"), List.of("check g"));
    }
  }

  @Test
  void aJarThatBundlesTheApiWorks() throws IOException {
    ForgedPlugin forge = forge("fat").check("acme.FatCheck", "fat");
    Path classes = forge.classes();
    copyApi(classes);
    forge.pack(classes, folder(), "fat.jar");

    try (PluginHost host = load()) {
      HealthCheckFactory factory = check(host, "fat");
      assertThat(factory.kind()).isEqualTo("fat");
      assertThat(factory.getClass().getInterfaces()).containsExactly(HealthCheckFactory.class);
    }
  }

  @Test
  void aJarSeesNothingOfTheHostButTheSharedPackages() throws IOException {
    forge("nosy")
        .check(
            "acme.NosyCheck",
            "sees(\"com.google.inject.Injector\") + sees(\"gantry.engine.plugin.PluginHost\")"
                + " + sees(\"gantry.api.Fields\") + sees(\"org.slf4j.Logger\")"
                + " + sees(\"java.sql.Driver\")",
            """
            static String sees(String name) {
              try {
                Class.forName(name);
                return "1";
              } catch (ClassNotFoundException e) {
                return "0";
              }
            }
            """)
        .jar(folder(), "nosy.jar");

    try (PluginHost host = load()) {
      assertThat(host.extensions().checks().keySet()).containsExactly("00111");
    }
  }

  @Test
  void twoJarsMayHaveClassesOfTheSameName() throws IOException {
    forge("one").check("acme.SameCheck", "one").jar(folder(), "one.jar");
    forge("two").check("acme.SameCheck", "two").jar(folder(), "two.jar");

    try (PluginHost host = load()) {
      assertThat(host.extensions().checks().keySet()).containsExactly("one", "two");
    }
  }

  @Test
  void oneClassMayAddSeveralTypes() throws IOException {
    forge("both")
        .source(
            "acme.Both",
            """
            import gantry.api.*;
            import gantry.api.check.*;
            @org.pf4j.Extension
            public class Both implements HealthCheckFactory, TerminationSignalFactory {
              public String kind() { return "both"; }
              public Both2 create(Fields fields) { return null; }
              public abstract static class Both2 implements HealthCheck, TerminationSignal {
                public java.util.Set<Integer> containerPorts() { return null; }
              }
            }
            """)
        .jar(folder(), "both.jar");

    try (PluginHost host = load()) {
      assertThat(host.plugins().get(0).kinds()).containsExactly("check both", "signal both");
      assertThat(host.extensions().signals()).containsOnlyKeys("both");
    }
  }

  @Test
  void classesOfTheNewestJavaWork() throws IOException {
    forge("newest")
        .check(
            "acme.NewCheck",
            "\"newest\"",
            "sealed interface S permits R {} record R(int n) implements S {}")
        .jar(folder(), "newest.jar");

    try (PluginHost host = load()) {
      assertThat(host.extensions().checks()).containsOnlyKeys("newest");
    }
  }

  @Test
  void startsAndStopsThePluginClass() throws IOException {
    forge("lively")
        .manifest("Plugin-Class", "acme.Lively")
        .check("acme.LivelyCheck", "lively")
        .source(
            "acme.Lively",
            """
            public class Lively extends org.pf4j.Plugin {
              @Override public void start() { System.setProperty("gantry.test.lively", "started"); }
              @Override public void stop() { System.setProperty("gantry.test.lively", "stopped"); }
            }
            """)
        .jar(folder(), "lively.jar");

    PluginHost host = load();
    assertThat(System.getProperty("gantry.test.lively")).isEqualTo("started");
    host.close();
    host.close();
    assertThat(System.clearProperty("gantry.test.lively")).isEqualTo("stopped");
  }

  @Test
  void readsResourcesOfTheJarFirst() throws IOException {
    ForgedPlugin forge =
        forge("resources")
            .check(
                "acme.ResourceCheck",
                "read()",
                """
                static String read() {
                  try (var in = ResourceCheck.class.getResourceAsStream("/word.txt")) {
                    return new String(in.readAllBytes(), "UTF-8");
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }
                """);
    Path classes = forge.classes();
    Files.writeString(classes.resolve("word.txt"), "word");
    forge.pack(classes, folder(), "resources.jar");

    try (PluginHost host = load()) {
      assertThat(host.extensions().checks()).containsOnlyKeys("word");
    }
  }

  @Test
  void otherFilesAndAMissingStandardFolderAreFine() throws IOException {
    Files.writeString(Files.createDirectories(folder()).resolve("README.txt"), "not a jar");
    Files.createDirectories(folder().resolve("sub"));

    try (PluginHost host = load();
        PluginHost none =
            PluginHost.load(Optional.of(PluginsFolder.standard(work.resolve("absent"))))) {
      assertThat(host.plugins()).isEmpty();
      assertThat(none.plugins()).isEmpty();
    }
  }

  private static HealthCheckFactory check(PluginHost host, String kind) {
    return Objects.requireNonNull(host.extensions().checks().get(kind));
  }

  private ForgedPlugin forge(String id) throws IOException {
    return new ForgedPlugin(work, id);
  }

  private Path folder() {
    return work.resolve("plugins");
  }

  private PluginHost load() {
    return PluginHost.load(Optional.of(PluginsFolder.named(folder())));
  }

  private static URLClassLoader application(Path... classPath) throws IOException {
    URL[] urls = new URL[classPath.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath[i].toUri().toURL();
    }
    return new URLClassLoader(urls, PluginHostTest.class.getClassLoader());
  }

  /** Copies the compiled SPI, from a jar or a folder of classes. */
  private static void copyApi(Path classes) throws IOException {
    Path api = ForgedPlugin.origin(HealthCheckFactory.class);
    for (String name :
        List.of("gantry/api/check/HealthCheckFactory.class", "gantry/api/Fields.class")) {
      Files.createDirectories(classes.resolve(name).getParent());
      try (var in = HealthCheckFactory.class.getClassLoader().getResourceAsStream(name)) {
        assertThat(in).as(api + " has " + name).isNotNull();
        Files.copy(in, classes.resolve(name));
      }
    }
    try (Stream<Path> files = Files.walk(classes)) {
      assertThat(files.filter(Files::isRegularFile)).hasSizeGreaterThan(2);
    }
  }
}
