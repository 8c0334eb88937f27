package gantry.bench.peer;

import gantry.bench.run.BenchException;
import gantry.bench.run.Ports;
import gantry.proxy.client.ProxyClient;
import gantry.proxy.client.ProxyRefusedException;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Sets the routes of a proxy of Gantry over its control socket. */
public final class GantrySteering {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Duration STATUS_LIMIT = Duration.ofSeconds(1);

  private final ProxyClient client;

  /** Reaches nothing yet. */
  public GantrySteering(Path state) {
    this.client = new ProxyClient(state);
  }

  /** Whether the proxy takes commands. */
  public boolean answers() {
    try {
      client.status(STATUS_LIMIT);
      return true;
    } catch (IOException notYet) {
      return false;
    } catch (ProxyRefusedException e) {
      throw new BenchException("Gantry's proxy refuses to tell its status", e);
    }
  }

  /** What the proxy has logged. */
  public String log() {
    try {
      return Files.readString(client.files().log());
    } catch (IOException e) {
      return "cannot be read: " + e.getMessage();
    }
  }

  /**
   * Sends a listener's connections to backends; returns when that is in force.
   *
   * @param backends ports by name
   * @param active which of them get new connections; the others keep what they have
   */
  public void route(
      int listener, Layer layer, Map<String, Integer> backends, Predicate<String> active) {
    List<WireBackend> all = new ArrayList<>();
    backends.forEach(
        (name, port) ->
            all.add(new WireBackend(name, WireAddress.of(Ports.HOST, port), active.test(name))));
    WireAddress address = WireAddress.of(Ports.HOST, listener);
    try {
      client.apply("bench/" + listener, List.of(new WireRoute(address, layer.word(), all)), LIMIT);
    } catch (IOException | ProxyRefusedException e) {
      throw new BenchException("Gantry's proxy did not take a route: " + e.getMessage(), e);
    }
  }
}
