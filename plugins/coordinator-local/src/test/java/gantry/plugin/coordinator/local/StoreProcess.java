package gantry.plugin.coordinator.local;

import gantry.api.coordination.Condition;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Another process that uses a store; its output tells what was acknowledged. */
final class StoreProcess implements AutoCloseable {
  static final String COUNTER = "/counter";
  static final String HELD = "/held";

  private final Process process;
  private final BufferedReader output;

  private StoreProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Counts for ever, and prints each value that was acknowledged. */
  static StoreProcess counting(Path folder) {
    return start("count", folder);
  }

  /** Holds a key with a session of an hour, and prints a line when it does. */
  static StoreProcess holding(Path folder) {
    return start("hold", folder);
  }

  private static StoreProcess start(String what, Path folder) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            what,
            folder.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      return new StoreProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start another process", e);
    }
  }

  /** The next line of its output; empty when it has ended. */
  Optional<String> line() throws IOException {
    return Optional.ofNullable(output.readLine());
  }

  /** Ends it at once, wherever it is. */
  void kill() {
    process.toHandle().destroyForcibly(); // the process itself would close its output as well
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** The other process's program: what to do, and the store's folder. */
  public static void main(String[] args) throws InterruptedException {
    try (LocalCoordinator store = new LocalCoordinator(Path.of(args[1]))) {
      if (args[0].equals("count")) {
        count(store);
      } else {
        Session session = store.openSession(Duration.ofHours(1));
        store.commit(new Transaction(List.of(), List.of(Write.put(HELD, "1", session))));
        System.out.println("held");
        Thread.sleep(Duration.ofHours(1));
      }
    }
  }

  private static void count(LocalCoordinator store) {
    while (true) {
      Optional<Entry> seen = store.get(COUNTER);
      Condition condition =
          seen.<Condition>map(e -> new Condition.Unchanged(COUNTER, e.modRevision()))
              .orElse(new Condition.Absent(COUNTER));
      String next = String.valueOf(seen.map(e -> Long.parseLong(e.value())).orElse(0L) + 1);
      Transaction step = new Transaction(List.of(condition), List.of(Write.put(COUNTER, next)));
      if (store.commit(step).committed()) {
        System.out.println(next);
      }
    }
  }
}
