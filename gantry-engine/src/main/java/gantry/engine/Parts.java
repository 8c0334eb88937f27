package gantry.engine;

import gantry.api.Clock;
import gantry.api.container.ContainerDriver;
import gantry.api.coordination.Coordinator;
import gantry.api.proxy.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The driver, coordinator and proxy, each made when it is first asked for. Thread-safe. */
public final class Parts implements AutoCloseable {
  private final Supplier<ContainerDriver> drivers;
  private final Supplier<Coordinator> coordinators;
  private final Supplier<Proxy> proxies;
  private final Clock clock;
  private final Deque<AutoCloseable> made = new ArrayDeque<>();
  private @Nullable ContainerDriver driver;
  private @Nullable Coordinator coordinator;
  private @Nullable Proxy proxy;

  /** Parts that these suppliers make, each at most once. */
  public Parts(
      Supplier<ContainerDriver> drivers,
      Supplier<Coordinator> coordinators,
      Supplier<Proxy> proxies,
      Clock clock) {
    this.drivers = drivers;
    this.coordinators = coordinators;
    this.proxies = proxies;
    this.clock = clock;
  }

  /** The container driver. */
  public synchronized ContainerDriver driver() {
    if (driver == null) {
      driver = drivers.get();
      made.push(driver);
    }
    return driver;
  }

  /** The coordinator. */
  public synchronized Coordinator coordinator() {
    if (coordinator == null) {
      coordinator = coordinators.get();
      made.push(coordinator);
    }
    return coordinator;
  }

  /** The proxy's handle. */
  public synchronized Proxy proxy() {
    if (proxy == null) {
      proxy = proxies.get();
      made.push(proxy);
    }
    return proxy;
  }

  /** The machine's clocks. */
  public Clock clock() {
    return clock;
  }

  /** Closes what was made, in reverse order. */
  @Override
  public synchronized void close() {
    while (!made.isEmpty()) {
      try {
        made.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part could not be closed", e);
      }
    }
  }
}
