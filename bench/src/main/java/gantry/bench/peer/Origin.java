package gantry.bench.peer;

import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.util.List;

/**
 * The web server behind the proxies: an nginx with one worker, no access log and kept connections.
 *
 * @param port where it listens
 */
public record Origin(int port) {
  /** Path of the small answer. */
  public static final String SMALL = "/small";

  /** Bytes in the small answer. */
  public static final int SMALL_BYTES = 100;

  /** Path of the large answer. */
  public static final String LARGE = "/large";

  /** Bytes in the large answer. */
  public static final int LARGE_BYTES = 1 << 20;

  private static final int CONNECTIONS = 30_000;

  /** Starts it; it ends with the scratch folder. */
  public static Origin start(Scratch scratch) {
    int port = Ports.free();
    Path folder = scratch.makeFolder("origin");
    Path large = scratch.write("large.txt", "x".repeat(LARGE_BYTES));
    String config = NginxFiles.head(folder, 1, CONNECTIONS) + http(folder, port, large);
    Path file = scratch.write("origin.conf", config);
    Child child = Child.start(scratch, "origin", List.of("nginx", "-c", file.toString()));
    child.awaitPort(port);
    return new Origin(port);
  }

  private static String http(Path folder, int port, Path large) {
    return """
    http {
    %s
      open_file_cache max=10;
      server {
        listen 127.0.0.1:%d backlog=4096;
        location = %s { return 200 "%s"; }
        location = %s { alias %s; }
      }
    }
    """
        .formatted(NginxFiles.http(folder), port, SMALL, "x".repeat(SMALL_BYTES), LARGE, large);
  }
}
