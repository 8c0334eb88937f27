package gantry.bench.deploy;

import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.util.List;

/** Runs {@link Backend}s, and kills them and runs them again. */
final class BackendProcess {
  private final Scratch scratch;
  private final String name;
  private final int port = Ports.free();
  private final Path file;
  private final Arrivals arrivals;
  private Child child;

  BackendProcess(Scratch scratch, String name) {
    this.scratch = scratch;
    this.name = name;
    this.file = scratch.folder().resolve("arrivals-" + name);
    this.arrivals = Arrivals.in(file);
    this.child = start();
  }

  private Child start() {
    Child started =
        Child.start(
            scratch,
            "backend-" + name,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Backend.class.getName(),
                name,
                Integer.toString(port),
                file.toString()));
    started.awaitPort(port);
    return started;
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /** Which requests have reached it, in all its lives. */
  Arrivals arrivals() {
    return arrivals;
  }

  /** Returns when the process is gone and all its connections with it. */
  void kill() {
    child.kill();
    scratch.end(child);
  }

  void startAgain() {
    child = start();
  }
}
