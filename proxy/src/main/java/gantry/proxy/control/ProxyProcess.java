package gantry.proxy.control;

import gantry.proxy.tcp.DataPlane;
import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.ProxyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The life of a proxy process: lock, log, routes, then the control socket. */
public final class ProxyProcess {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  private ProxyProcess() {}

  /**
   * Runs until a client says stop. The control socket appears when the stored routes are in force.
   *
   * @throws IOException when the folder cannot be used or another proxy runs on it
   */
  public static void run(Path stateDir) throws IOException {
    ProxyFiles files = ProxyFiles.in(stateDir);
    files.create();
    ProcessLock lock = ProcessLock.take(files);
    try (lock) {
      ProxyLog.open(files);
      serve(files);
    } catch (IOException | RefusedException e) {
      LOG.log(Level.SEVERE, "the proxy cannot run", e);
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void serve(ProxyFiles files) throws IOException, RefusedException {
    Watchers watchers = new Watchers();
    Transport transport = transport();
    int loops = Integer.getInteger("gantry.proxy.loops", DataPlane.defaultLoops());
    try (Steering steering =
        new Steering(new RouteStore(files.routes()), transport, loops, watchers::drained)) {
      steering.restore();
      try (ControlServer server = ControlServer.bind(files)) {
        watchers.server = server;
        LOG.log(
            Level.INFO,
            "started: process {0}, {1} event loops, {2}",
            new Object[] {String.valueOf(ProcessHandle.current().pid()), loops, transport});
        server.serve(new Commands(steering, () -> stop(server)));
      }
    }
  }

  private static Transport transport() {
    String wanted = System.getProperty("gantry.proxy.transport", "auto");
    return wanted.equals("auto")
        ? Transport.best()
        : Transport.valueOf(wanted.toUpperCase(Locale.ROOT));
  }

  private static void stop(ControlServer server) {
    LOG.log(Level.INFO, "told to stop");
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot close the control socket", e);
    }
  }

  /** Passes events on as soon as there is a server to carry them. */
  private static final class Watchers {
    private volatile @Nullable ControlServer server;

    void drained(String owner, String backend) {
      ControlServer current = server;
      if (current != null) {
        current.push(Map.of("event", "drained", "owner", owner, "backend", backend));
      }
    }
  }
}
