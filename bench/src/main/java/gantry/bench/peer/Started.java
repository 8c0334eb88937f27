package gantry.bench.peer;

import gantry.bench.run.Child;
import gantry.bench.run.ProcFiles;
import java.util.Optional;

/**
 * A proxy that runs.
 *
 * @param name the contender's
 * @param process empty when there is no proxy
 * @param port where it accepts connections
 * @param concern why its figures are not what their name says; empty when they are
 */
public record Started(String name, Optional<Child> process, int port, Optional<String> concern) {
  Started(String name, Child process, int port) {
    this(name, Optional.of(process), port, Optional.empty());
  }

  /** CPU time that it has used so far, in seconds; 0 when there is no proxy. */
  public double cpuSeconds() {
    return process.map(child -> ProcFiles.cpuSeconds(child.pid())).orElse(0.0);
  }

  /** The memory that it uses; none when there is no proxy. */
  public ProcFiles.Memory memory() {
    return process
        .map(child -> ProcFiles.memory(child.pid()))
        .orElseGet(() -> new ProcFiles.Memory(0, 0));
  }

  /** Fails when it has ended. */
  public void requireAlive() {
    process.ifPresent(Child::requireAlive);
  }
}
