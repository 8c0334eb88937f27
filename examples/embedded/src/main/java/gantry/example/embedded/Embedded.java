package gantry.example.embedded;

import com.google.inject.Guice;
import gantry.engine.Gantry;
import gantry.engine.Machine.Updated;
import gantry.engine.Settings;
import gantry.engine.inject.EngineModule;
import gantry.engine.inject.ExtensionsModule;
import gantry.engine.spec.ComponentSpec;
import gantry.plugin.checks.HttpHealthCheckFactory;
import gantry.plugin.coordinator.local.LocalCoordinatorFactory;
import gantry.plugin.driver.process.ProcessDriverFactory;
import gantry.plugin.proxy.netty.NettyProxyFactory;
import java.nio.file.Path;

/** Updates a component on this machine and prints what happens. */
public final class Embedded {
  private Embedded() {}

  /**
   * Updates one component.
   *
   * @param args the configuration's file, the component's name, the state folder
   */
  public static void main(String... args) throws InterruptedException {
    Settings settings =
        Settings.of(Path.of(args[2]).toAbsolutePath(), "this-machine")
            .withBind("127.0.0.1")
            .withDriver("process")
            .withCoordinator("local");
    EngineModule engine =
        new EngineModule(settings, (key, event) -> System.out.println(key + ": " + event));
    ExtensionsModule extensions =
        ExtensionsModule.of(
            new ProcessDriverFactory(),
            new LocalCoordinatorFactory(),
            new NettyProxyFactory(),
            new HttpHealthCheckFactory());
    try (Gantry gantry = Guice.createInjector(engine, extensions).getInstance(Gantry.class)) {
      ComponentSpec component =
          gantry.configReader().read(Path.of(args[0])).component(args[1]).orElseThrow();
      Updated updated = gantry.machine("example").update(component);
      System.out.println(
          switch (updated) {
            case Updated.Serving serving -> "serves: revision " + serving.revision().number();
            case Updated.Failed failed -> "failed: " + failed.alert().reason();
          });
      gantry.machine("example").finishDrains(component.name());
    }
  }
}
