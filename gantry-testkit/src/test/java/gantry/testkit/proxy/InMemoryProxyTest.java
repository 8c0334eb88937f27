package gantry.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.Clock;
import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.proxy.Listener;
import gantry.api.proxy.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InMemoryProxyTest extends ProxyContract {
  private final InMemoryProxy twin = new InMemoryProxy(Clock.SYSTEM);
  private int nextPort = 8000;

  @Override
  protected Proxy open(Path stateDir) {
    return twin.handle();
  }

  @Override
  protected Listener freeListener() {
    return new Listener("127.0.0.2", nextPort++);
  }

  @Override
  protected AutoCloseable occupy(Listener listener) {
    twin.occupy(listener, true);
    return () -> twin.occupy(listener, false);
  }

  @Override
  protected Endpoint backendEndpoint(String id) {
    return new Endpoint("127.0.0.1", 1000 + id.charAt(0));
  }

  @Override
  protected HeldConnection connect(Listener listener) {
    return twin.connect(listener);
  }

  @Override
  protected void refuse(String backend) {
    twin.refuse(backend, true);
  }

  @Override
  protected void kill() {
    twin.kill();
  }

  @Test
  void aMuteProxyIsNotTakenForOneThatIsGone() {
    proxy.start();
    twin.mute(true);
    assertThatThrownBy(proxy::status)
        .isInstanceOfSatisfying(
            GantryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.PROXY_UNREACHABLE));
    twin.mute(false);
    assertThat(proxy.status()).isPresent();
  }
}
