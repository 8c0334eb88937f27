package gantry.proxy.control;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.tcp.DataPlane;
import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.ProxyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The life of a proxy process: lock, log, routes, then the control socket; perhaps one day a
 * hand-over, and then, at another socket, the time until the last connection has ended.
 */
public final class ProxyProcess implements Commands.Life, Handover.Place {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");
  private static final long LOOK_MILLIS = 250;

  private final ProxyFiles files;
  private final Steering steering;
  private final Predecessors predecessors;
  private final Commands commands;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable ProcessLock lock;
  private volatile @Nullable ControlServer server;
  private @Nullable ControlServer retiredServer;

  private ProxyProcess(ProxyFiles files) {
    this.files = files;
    this.steering =
        new Steering(
            new RouteStore(files.routes()),
            transport(),
            Integer.getInteger("gantry.proxy.loops", DataPlane.defaultLoops()),
            this::drained);
    this.predecessors = new Predecessors(files, this::missed, steering::isRetired);
    this.commands = new Commands(steering, predecessors, this);
  }

  /**
   * Runs until a client says stop. The control socket appears when the stored routes are in force.
   *
   * @param upgrade whether to take over from the proxy that runs on the folder, if there is one
   * @throws IOException when the folder cannot be used or another proxy runs on it
   */
  public static void run(Path stateDir, boolean upgrade) throws IOException {
    ProxyFiles files = ProxyFiles.in(stateDir);
    files.create();
    boolean takeOver = upgrade && new ProxyClient(files).isRunning();
    try {
      if (takeOver) {
        ProxyLog.open(files);
        new ProxyProcess(files).takeOver();
      } else {
        ProcessLock lock = ProcessLock.take(files);
        ProxyLog.open(files);
        new ProxyProcess(files).start(lock);
      }
    } catch (IOException | RefusedException e) {
      LOG.log(Level.SEVERE, "the proxy cannot run", e);
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void stop() {
    LOG.log(Level.INFO, "told to stop");
    ended.countDown();
  }

  @Override
  public void handOver(String socket) throws RefusedException {
    try (ProxyFiles.Name name = files.name(files.dir().resolve(socket).normalize())) {
      LOG.log(Level.INFO, "handing over to a newer process");
      ControlServer old = server;
      steering.handOver(name.path(), this);
      LOG.log(Level.INFO, "handed over; {0} connections stay here", steering.clients());
      if (old != null) {
        old.disconnect();
      }
      Thread.ofPlatform().daemon().name("proxy-retired").start(this::awaitLastConnection);
    } catch (IOException e) {
      throw new RefusedException(Protocol.FAILED, "cannot hand over: " + e.getMessage(), e);
    }
  }

  @Override
  public void leave() throws IOException {
    Path socket = files.retiredSocket(ProcessHandle.current().pid());
    retiredServer = serve(ControlServer.bind(files, socket));
    closeServer();
    if (lock != null) {
      lock.close();
    }
  }

  @Override
  public void comeBack() throws IOException {
    lock = ProcessLock.take(files);
    server = serve(ControlServer.bind(files));
    if (retiredServer != null) {
      retiredServer.close();
      retiredServer = null;
    }
  }

  private void start(ProcessLock taken) throws IOException, RefusedException {
    lock = taken;
    try {
      steering.restore();
      predecessors.find();
      server = serve(ControlServer.bind(files));
      logStart("started");
      awaitEnd();
    } finally {
      end();
    }
  }

  private void takeOver() throws IOException, RefusedException {
    try (TakeOver takeOver = TakeOver.ask(files)) {
      steering.prepare(takeOver.sockets());
      takeOver.ready();
      lock = ProcessLock.take(files);
      predecessors.find();
      server = serve(ControlServer.bind(files));
      steering.open();
      takeOver.serving();
      logStart("took over");
    } catch (IOException | RefusedException e) {
      end();
      throw e;
    }
    try {
      awaitEnd();
    } finally {
      end();
    }
  }

  private ControlServer serve(ControlServer fresh) {
    Thread.ofPlatform().daemon().name("proxy-accept").start(() -> fresh.serve(commands));
    return fresh;
  }

  private void awaitEnd() throws IOException {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void awaitLastConnection() {
    try {
      do {
        if (steering.clients() == 0) {
          LOG.log(Level.INFO, "the last connection has ended");
          ended.countDown();
        }
      } while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() throws IOException {
    closeServer();
    if (retiredServer != null) {
      retiredServer.close();
    }
    predecessors.close();
    steering.close();
    if (lock != null) {
      lock.close();
    }
  }

  private void closeServer() throws IOException {
    ControlServer current = server;
    server = null;
    if (current != null) {
      current.close();
    }
  }

  private void drained(String owner, String backend) {
    push(Map.of("event", "drained", "owner", owner, "backend", backend));
  }

  private void missed() {
    push(Map.of("event", "missed"));
  }

  /** Passes an event on when there is a server to carry it. */
  private void push(Map<String, Object> event) {
    ControlServer current = server;
    if (current != null) {
      current.push(event);
    } else if (retiredServer != null) {
      retiredServer.push(event);
    }
  }

  private static void logStart(String how) {
    LOG.log(Level.INFO, "{0}: process {1}", new Object[] {how, ProcessHandle.current().pid() + ""});
  }

  private static Transport transport() {
    String wanted = System.getProperty("gantry.proxy.transport", "auto");
    return wanted.equals("auto")
        ? Transport.best()
        : Transport.valueOf(wanted.toUpperCase(Locale.ROOT));
  }
}
