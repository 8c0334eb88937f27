package gantry.testkit.coordination;

import gantry.api.coordination.Coordinator;
import gantry.testkit.ManualClock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The twin passes the contract that it stands in for. */
final class InMemoryCoordinatorTest extends CoordinatorContract {
  private static final Duration STEP = Duration.ofMillis(50);

  private final ManualClock clock = new ManualClock();
  private final InMemoryStore store = new InMemoryStore(clock);

  @Override
  protected Coordinator newClient() {
    return store.connect("client");
  }

  @Override
  public void die(Coordinator client) {
    ((InMemoryCoordinator) client).die();
  }

  @Override
  public Duration shortTtl() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void await(String what, Duration atMost, BooleanSupplier condition) {
    for (Duration waited = Duration.ZERO; !condition.getAsBoolean(); waited = waited.plus(STEP)) {
      if (waited.compareTo(atMost) > 0) {
        throw new AssertionError("no " + what + " within " + atMost);
      }
      clock.advance(STEP);
    }
  }
}
