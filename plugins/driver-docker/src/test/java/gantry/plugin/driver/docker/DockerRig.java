package gantry.plugin.driver.docker;

import gantry.api.Clock;
import gantry.api.PluginContext;
import gantry.api.container.ContainerDriver;
import gantry.testkit.container.ContainerRig;
import gantry.testkit.container.Program;
import gantry.testkit.server.DockerEngine;
import gantry.testkit.server.Registry;
import gantry.testkit.server.TestImages;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A driver of a test's own on an engine and a registry that tests share. */
record DockerRig(DockerEngine engine, Registry registry, ContainerDriver driver)
    implements ContainerRig {
  /**
   * @param folder the driver's state; also where it looks for credentials
   * @param options on top of the engine's address
   */
  static DockerRig open(
      DockerEngine engine, Registry registry, Path folder, Map<String, String> options) {
    return new DockerRig(engine, registry, driver(engine.host(), folder, options, Limits.DEFAULT));
  }

  static ContainerDriver driver(
      String host, Path folder, Map<String, String> options, Limits limits) {
    Map<String, String> all = new HashMap<>(options);
    all.put("docker.host", host);
    all.putIfAbsent("docker.config", folder.toString());
    return DockerDriver.create(new PluginContext(folder, "test", all, Clock.SYSTEM), limits);
  }

  @Override
  public String repo(String name) {
    return registry.repo("contract/" + name);
  }

  @Override
  public void publish(String name, String tag, Program program) {
    TestImages images = new TestImages(engine);
    String reference = images.files(repo(name) + ":" + tag, program.files());
    images.push(reference);
    images.forget(reference);
  }

  @Override
  public void close() {
    driver.close();
  }
}
