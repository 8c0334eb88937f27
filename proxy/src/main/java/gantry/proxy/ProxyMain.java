package gantry.proxy;

import gantry.proxy.control.BadRoutesException;
import gantry.proxy.control.ProxyProcess;
import gantry.proxy.control.RoutesFile;
import gantry.proxy.wire.ProxyVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs the proxy until it is told to stop, by a command or by SIGTERM.
 *
 * <p>Exit codes: 0 stopped on request, 2 wrong arguments, 3 bad file of routes, 4 cannot run
 * (another proxy runs on this state folder, the folder cannot be used, an address is taken).
 */
public final class ProxyMain {
  /**
   * The JDK reads this name when the first logger is asked for. By name, because the class itself
   * would be too late: its superclass makes the JDK's own choice when it is loaded.
   */
  private static final String LOGS = "gantry.proxy.control.LastingLogs";

  private ProxyMain() {}

  /** Runs the proxy; returns only by ending the process. */
  public static void main(String[] args) {
    System.setProperty("java.util.logging.manager", LOGS);
    System.exit(run(args));
  }

  private static int run(String[] args) {
    try {
      return run(Arguments.of(args));
    } catch (Arguments.UsageException e) {
      System.err.println("gantry-proxy: " + e.getMessage() + "\nnext: gantry-proxy --help");
      return 2;
    } catch (BadRoutesException e) {
      System.err.println("gantry-proxy: " + e.getMessage());
      return 3;
    } catch (IOException e) {
      System.err.println("gantry-proxy: " + e.getMessage());
      return 4;
    }
  }

  private static int run(Arguments arguments) throws Arguments.UsageException, IOException {
    if (arguments.has("--help")) {
      System.out.print(Arguments.USAGE);
      return 0;
    }
    if (arguments.has("--version")) {
      System.out.println("gantry-proxy " + ProxyVersion.current());
      return 0;
    }
    Optional<Path> check = arguments.check();
    if (check.isPresent()) {
      int routes = RoutesFile.read(check.get()).routes().size();
      System.out.println(check.get() + ": good, " + routes + (routes == 1 ? " route" : " routes"));
      return 0;
    }
    ProxyProcess.run(arguments.settings());
    return 0;
  }
}
