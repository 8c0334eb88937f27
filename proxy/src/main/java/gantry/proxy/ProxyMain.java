package gantry.proxy;

import gantry.proxy.control.ProxyProcess;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs the proxy until it is told to stop. SIGTERM ends it at once and closes all connections.
 *
 * <p>Exit codes: 0 stopped on request, 2 wrong arguments, 4 cannot start (another proxy runs on
 * this state folder, the folder cannot be used).
 */
public final class ProxyMain {
  private static final String USAGE =
      """
      usage: gantry-proxy --state-dir DIR [--upgrade]

      Runs the proxy of this machine in the foreground, one per state folder.
      Its files are in DIR/proxy: control.sock takes commands, routes.json
      keeps the routes over a restart, proxy.log says what happened.

        --upgrade   take over from the proxy that runs on DIR: it hands over
                    its listening sockets, keeps the connections that it has
                    and ends with the last of them
      """;

  private ProxyMain() {}

  /** Runs the proxy; returns only by ending the process. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    if (args.length == 1 && args[0].equals("--help")) {
      System.out.print(USAGE);
      return 0;
    }
    boolean upgrade = args.length == 3 && args[2].equals("--upgrade");
    int expected = upgrade ? 3 : 2;
    if (args.length != expected || !args[0].equals("--state-dir") || args[1].isBlank()) {
      System.err.print("gantry-proxy: wrong arguments: " + String.join(" ", args) + "\n" + USAGE);
      return 2;
    }
    try {
      ProxyProcess.run(Path.of(args[1]), upgrade);
      return 0;
    } catch (IOException e) {
      System.err.println("gantry-proxy: " + e.getMessage());
      return 4;
    }
  }
}
