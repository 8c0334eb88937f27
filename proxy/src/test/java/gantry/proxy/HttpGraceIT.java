package gantry.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.traffic.load.HttpConnection;
import gantry.proxy.traffic.load.NamedBackend;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireRoute;
import gantry.testkit.server.FreePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time to end that a signal leaves to connections, with clients that only keep theirs. */
class HttpGraceIT {
  @TempDir Path folder;

  @Test
  void anIdleClientIsNotWaitedFor() throws Exception {
    WireAddress listener = WireAddress.of("127.0.0.1", FreePorts.next());
    ProxyClient client = new ProxyClient(folder);
    try (ProxyPrograms programs = new ProxyPrograms();
        NamedBackend backend = new NamedBackend("a")) {
      Process process = programs.start("--state-dir", folder.toString(), "--grace", "1h");
      ProxyPrograms.awaitAnswerOf(client, process);
      WireRoute route = new WireRoute(listener, WireRoute.HTTP, List.of(backend.active()));
      client.apply("o", List.of(route), ProxyPrograms.TIMEOUT);
      try (HttpConnection idle = new HttpConnection(listener)) {
        assertThat(idle.get("/")).isEqualTo("a");
        process.destroy();
        idle.awaitEnd();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      }
    }
  }
}
