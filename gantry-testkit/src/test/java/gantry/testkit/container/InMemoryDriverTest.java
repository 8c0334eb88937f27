package gantry.testkit.container;

import java.nio.file.Path;

final class InMemoryDriverTest extends ContainerDriverContract {
  @Override
  protected ContainerRig open(Path folder) {
    return new InMemoryRig();
  }
}
