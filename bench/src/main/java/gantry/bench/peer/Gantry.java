package gantry.bench.peer;

import gantry.bench.run.BenchException;
import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.ProcFiles;
import gantry.bench.run.Scratch;
import gantry.bench.run.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gantry's proxy, started by the distribution's own launcher with its own flags.
 *
 * @param distribution the folder with {@code bin/gantry-proxy}
 * @param transport {@code io_uring} or {@code epoll}
 */
public record Gantry(Path distribution, String transport) implements Peer {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final String BACKEND = "one";

  @Override
  public String name() {
    return "gantry-" + transport;
  }

  @Override
  public boolean knows(Layer layer) {
    return true;
  }

  @Override
  public Started start(Scratch scratch, Scene scene) {
    int port = Ports.free();
    Path state = scratch.makeFolder("g" + port);
    Child child = launch(scratch, state, scene.loops());
    GantrySteering steering = new GantrySteering(state);
    steering.route(
        port, scene.layer(), Map.of(BACKEND, scene.backendPort()), List.of(BACKEND)::contains);
    child.awaitPort(port);
    return new Started(name(), Optional.of(child), port, concern(child));
  }

  /** Starts the process; returns when it takes commands. */
  public Child launch(Scratch scratch, Path state, int loops) {
    String flags = "-Dgantry.proxy.transport=" + transport + " -Dgantry.proxy.loops=" + loops;
    Map<String, String> environment =
        Map.of("GANTRY_JAVA_OPTS", flags, "GANTRY_JAVA_HOME", System.getProperty("java.home"));
    String launcher = distribution.resolve("bin/gantry-proxy").toString();
    Child child =
        Child.start(
            scratch, name(), List.of(launcher, "--state-dir", state.toString()), environment);
    awaitAnswer(child, state);
    return child;
  }

  private void awaitAnswer(Child child, Path state) {
    GantrySteering steering = new GantrySteering(state);
    try {
      Waiting.until(
          START_LIMIT,
          name() + " to answer",
          () -> {
            child.requireAlive();
            return steering.answers();
          });
    } catch (BenchException e) {
      throw new BenchException(e.getMessage() + "; its log:\n" + steering.log(), e);
    }
  }

  /** Whether the process uses what it was told to use. */
  private Optional<String> concern(Child child) {
    boolean uses = ProcFiles.hasAnonymousDescriptor(child.pid(), "io_uring");
    return uses == transport.equals("io_uring")
        ? Optional.empty()
        : Optional.of(
            name()
                + " was asked for "
                + transport
                + (uses ? ", but uses" : ", but does not use")
                + " io_uring");
  }
}
