package gantry.plugin.driver.process;

import gantry.api.PluginContext;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerDriverFactory;
import org.pf4j.Extension;

/** Adds {@code --driver process}. */
@Extension
public final class ProcessDriverFactory implements ContainerDriverFactory {
  /** Made by PF4J. */
  public ProcessDriverFactory() {}

  @Override
  public String kind() {
    return ProcessDriver.KIND;
  }

  @Override
  public ContainerDriver create(PluginContext context) {
    return new ProcessDriver(context.stateDir(), context.clock());
  }
}
