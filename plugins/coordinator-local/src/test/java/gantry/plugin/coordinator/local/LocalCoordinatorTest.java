package gantry.plugin.coordinator.local;

import gantry.api.coordination.Coordinator;
import gantry.testkit.coordination.CoordinatorContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on files. */
final class LocalCoordinatorTest extends CoordinatorContract {
  @TempDir private Path stateDir;

  @Override
  protected Coordinator newClient() {
    return new LocalCoordinator(stateDir.resolve("coordinator"));
  }

  @Override
  public void die(Coordinator client) {
    ((LocalCoordinator) client).abandon();
  }

  @Override
  public Duration shortTtl() {
    return Duration.ofMillis(600);
  }
}
