package gantry.plugin.coordinator.etcd;

import gantry.api.Clock;
import gantry.api.coordination.Coordinator;
import gantry.testkit.coordination.CoordinatorContract;
import gantry.testkit.server.EtcdServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, on a real etcd. */
final class EtcdCoordinatorIT extends CoordinatorContract {
  private static @Nullable EtcdServer etcd;

  @BeforeAll
  static void startEtcd() {
    etcd = EtcdServer.start();
  }

  @AfterAll
  static void stopEtcd() {
    if (etcd != null) {
      etcd.close();
    }
  }

  @Override
  protected Coordinator newClient() {
    if (etcd == null) {
      throw new IllegalStateException("etcd was not started");
    }
    return new EtcdCoordinator(EtcdAccess.open(etcd.endpoint()), Clock.SYSTEM);
  }

  @Override
  public void die(Coordinator client) {
    ((EtcdCoordinator) client).abandon();
  }

  @Override
  public Duration shortTtl() {
    return Duration.ofSeconds(2);
  }
}
