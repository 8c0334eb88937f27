package gantry.plugin.driver.process;

import gantry.testkit.container.ContainerDriverContract;
import gantry.testkit.container.ContainerRig;
import java.nio.file.Path;

final class ProcessDriverTest extends ContainerDriverContract {
  @Override
  protected ContainerRig open(Path folder) {
    return new ProcessRig(folder);
  }
}
