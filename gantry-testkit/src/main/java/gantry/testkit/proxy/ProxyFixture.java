package gantry.testkit.proxy;

import gantry.api.Endpoint;
import gantry.api.proxy.Backend;
import gantry.api.proxy.Listener;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.Route;
import gantry.api.proxy.RouteKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A proxy on a machine of its own, with what a test of it needs. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
abstract class ProxyFixture {
  /** The owner that the tests use. */
  protected static final String OWNER = "shop/web";

  static final Duration PATIENCE = Duration.ofSeconds(15);

  /** A folder of its own for each test. */
  @TempDir protected Path stateDir;

  private final List<Proxy> handles = new ArrayList<>();

  /** The handle that the tests use. */
  protected Proxy proxy;

  /** Makes a handle to the proxy of this test's machine, without starting it. */
  protected abstract Proxy open(Path stateDir);

  /** An address that nothing listens on. */
  protected abstract Listener freeListener();

  /** Makes another program listen on an address. */
  protected abstract AutoCloseable occupy(Listener listener);

  /** Where a backend with this id answers; starts it when needed. */
  protected abstract Endpoint backendEndpoint(String id);

  /** Connects through the proxy. */
  protected abstract HeldConnection connect(Listener listener);

  /** Nothing listens any more where this backend is; what is open stays so. */
  protected abstract void refuse(String backend);

  /** Ends the proxy's process without warning; nothing happens when there is none. */
  protected abstract void kill();

  @BeforeEach
  final void openHandle() {
    proxy = newHandle();
  }

  @AfterEach
  final void closeHandles() {
    handles.forEach(Proxy::close);
    kill();
  }

  /** Another handle, closed after the test. */
  protected final Proxy newHandle() {
    Proxy handle = open(stateDir);
    handles.add(handle);
    return handle;
  }

  /** A backend that gets new connections. */
  protected final Backend active(String id) {
    return new Backend(id, backendEndpoint(id), true);
  }

  /** A backend that keeps what it has. */
  protected final Backend draining(String id) {
    return new Backend(id, backendEndpoint(id), false);
  }

  /** A TCP route. */
  protected static Route route(Listener listener, Backend... backends) {
    return new Route(listener, RouteKind.TCP, List.of(backends));
  }

  /** Connections that a backend has. */
  final long count(String id) {
    return proxy.status().orElseThrow().backend(OWNER, id).map(b -> b.connections()).orElse(0L);
  }
}
