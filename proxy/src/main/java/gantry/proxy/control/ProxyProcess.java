package gantry.proxy.control;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.tcp.DataPlane;
import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.ProxyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
  private final boolean hasEarlierRoutes;
  private final @Nullable FileRoutes file;
  private final Steering steering;
  private final Predecessors predecessors;
  private final Retuning retuning;
  private final Commands commands;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable ProcessLock lock;
  private volatile @Nullable ControlServer server;
  private @Nullable ControlServer retiredServer;

  private ProxyProcess(ProxyFiles files, ProxySettings settings) throws IOException {
    this.files = files;
    RouteStore store = new RouteStore(files.routes());
    this.hasEarlierRoutes = store.load().containsKey(RoutesFile.OWNER);
    Optional<Path> named = settings.routes();
    this.file = named.isPresent() ? new FileRoutes(named.get()) : null;
    Tuning said = file == null ? Tuning.NONE : file.read(hasEarlierRoutes);
    Tuning tuning = settings.tuning().or(said).or(Tuning.fallback());
    Transport transport = tuning.transport().orElseGet(Transport::best);
    int loops = tuning.loops().orElseGet(DataPlane::defaultLoops);
    this.steering = new Steering(store, transport, loops, this::drained);
    this.predecessors = new Predecessors(files, this::missed, steering::isRetired);
    this.retuning = new Retuning(settings.tuning(), tuning, new Figures(steering, predecessors));
    this.commands = new Commands(steering, predecessors, retuning, this);
  }

  /**
   * Runs until a client says stop, or the kernel. The control socket appears when the stored
   * routes, and those of the file, are in force.
   *
   * @throws BadRoutesException when the file cannot be used, and none has been in force before
   * @throws IOException when the folder cannot be used or another proxy runs on it
   */
  public static void run(ProxySettings settings) throws IOException {
    ProxyFiles files = ProxyFiles.in(stateDir(settings));
    files.create();
    boolean aloud = settings.routes().isPresent();
    try {
      if (settings.upgrade() && new ProxyClient(files).isRunning()) {
        ProxyLog.open(files, aloud);
        new ProxyProcess(files, settings).takeOver();
      } else {
        ProcessLock lock = ProcessLock.take(files);
        ProxyLog.open(files, aloud);
        new ProxyProcess(files, settings).start(lock);
      }
    } catch (BadRoutesException e) {
      throw e;
    } catch (IOException | RefusedException e) {
      LOG.log(Level.SEVERE, "the proxy cannot run", e);
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Path stateDir(ProxySettings settings) throws IOException {
    Optional<Path> given = settings.stateDir();
    return given.isPresent() ? given.get() : RuntimeFolder.forFile(settings.routes().orElseThrow());
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
    closeSides();
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
    openSides();
  }

  private void start(ProcessLock taken) throws IOException, RefusedException {
    lock = taken;
    try (Termination _ = termination()) {
      try {
        steering.restore();
        predecessors.find();
        if (file != null) {
          file.apply(steering, hasEarlierRoutes);
        }
        openSides();
        server = serve(ControlServer.bind(files));
        logStart("started");
        awaitEnd();
      } finally {
        end();
      }
    }
  }

  private void takeOver() throws IOException, RefusedException {
    try (Termination _ = termination()) {
      try {
        takeSockets();
        if (file != null) {
          file.apply(steering, true);
        }
        openSides();
        awaitEnd();
      } finally {
        end();
      }
    }
  }

  private void takeSockets() throws IOException, RefusedException {
    try (TakeOver takeOver = TakeOver.ask(files)) {
      steering.prepare(takeOver.sockets());
      takeOver.ready();
      lock = ProcessLock.take(files);
      predecessors.find();
      server = serve(ControlServer.bind(files));
      steering.open();
      takeOver.serving();
      logStart("took over");
    }
  }

  private Termination termination() {
    return new Termination(steering, retuning::grace, this::stop);
  }

  /** What only the process that accepts does beside the control socket. */
  private void openSides() throws IOException {
    retuning.open();
    if (file != null) {
      file.follow(steering, retuning);
    }
  }

  private void closeSides() throws IOException {
    retuning.close();
    if (file != null) {
      file.close();
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
    closeSides();
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

  private void logStart(String how) {
    LOG.log(
        Level.INFO,
        "{0}: process {1}, {2} event loops, {3}, control socket {4}",
        new Object[] {
          how,
          ProcessHandle.current().pid() + "",
          steering.loops(),
          steering.transport(),
          files.socket()
        });
  }
}
