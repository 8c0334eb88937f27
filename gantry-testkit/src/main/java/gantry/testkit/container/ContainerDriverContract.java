package gantry.testkit.container;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that {@link gantry.api.container.ContainerDriver} promises. A driver's test extends
 * this class, opens a {@link ContainerRig} for each test, and adds what is special about it.
 */
@Timeout(120)
public abstract class ContainerDriverContract
    implements ImagesContract, LifecycleContract, ListsContract, ExecContract, WatchContract {
  private ContainerScene scene;

  /**
   * Makes the rig of one test.
   *
   * @param folder an empty folder, removed after the test
   */
  protected abstract ContainerRig open(Path folder) throws Exception;

  @BeforeEach
  final void openScene(@TempDir Path folder) throws Exception {
    scene = new ContainerScene(open(folder));
  }

  @AfterEach
  final void closeScene() {
    scene.close();
  }

  @Override
  public final ContainerScene scene() {
    return scene;
  }
}
