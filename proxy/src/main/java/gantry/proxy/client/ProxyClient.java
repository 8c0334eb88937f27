package gantry.proxy.client;

import gantry.proxy.wire.ConnectionQuery;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.ProxyFiles;
import gantry.proxy.wire.WireConnections;
import gantry.proxy.wire.WireFields;
import gantry.proxy.wire.WireHello;
import gantry.proxy.wire.WireRoute;
import gantry.proxy.wire.WireStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Talks to the proxy of one state folder, one connection per request. Every call blocks at most as
 * long as its timeout says; an {@link IOException} means that the proxy was not reached or did not
 * answer, so that the outcome of a change is unknown. Thread-safe.
 */
public final class ProxyClient {
  /** Locks belong to the process: two threads that ask at once would see each other. */
  private static final ReentrantLock ASKING = new ReentrantLock();

  private final ProxyFiles files;
  private final Path socket;

  /** Makes a client; reaches nothing yet. */
  public ProxyClient(Path stateDir) {
    this(ProxyFiles.in(stateDir));
  }

  /** Makes a client of the proxy that these files belong to. */
  public ProxyClient(ProxyFiles files) {
    this(files, files.socket());
  }

  /** Makes a client of one process of the folder, by its socket. */
  public ProxyClient(ProxyFiles files, Path socket) {
    this.files = files;
    this.socket = socket;
  }

  /** The proxy's files. */
  public ProxyFiles files() {
    return files;
  }

  /** Replaces one owner's routes; returns when they are in force. */
  public void apply(String owner, List<WireRoute> routes, Duration timeout)
      throws IOException, ProxyRefusedException {
    Map<String, Object> request = request("apply");
    request.put("owner", owner);
    request.put("routes", WireRoute.toJson(routes));
    call(request, timeout);
  }

  /** What is in force now. */
  public WireStatus status(Duration timeout) throws IOException, ProxyRefusedException {
    return WireStatus.from(call(request("status"), timeout).object("status"));
  }

  /** Which proxy this is, and what it can be asked for; every version answers. */
  public WireHello hello(Duration timeout) throws IOException, ProxyRefusedException {
    return WireHello.from(call(request("hello"), timeout));
  }

  /** What is open. */
  public WireConnections connections(ConnectionQuery query, Duration timeout)
      throws IOException, ProxyRefusedException {
    Map<String, Object> request = request("connections");
    query.addTo(request);
    return WireConnections.from(call(request, timeout));
  }

  /** Ends the proxy and all its connections. Its routes stay for the next one. */
  public void stop(Duration timeout) throws IOException, ProxyRefusedException {
    stop(false, timeout);
  }

  /**
   * Ends the proxy, perhaps.
   *
   * @param whenIdle whether to refuse while connections are open, with {@link Protocol#BUSY}
   * @return how many connections were open
   */
  public long stop(boolean whenIdle, Duration timeout) throws IOException, ProxyRefusedException {
    Map<String, Object> request = request("stop");
    request.put("whenIdle", whenIdle);
    return call(request, timeout).number("connections", 0, Long.MAX_VALUE, 0);
  }

  /**
   * Has the proxy hand over its listening sockets to the process that listens at a path; returns
   * when it has. Refused when that failed: then the proxy serves on.
   */
  public void handOver(Path successor, Duration timeout) throws IOException, ProxyRefusedException {
    Map<String, Object> request = request("handover");
    request.put("socket", successor.getFileName().toString());
    call(request, timeout);
  }

  /** Opens a stream of events. */
  public ProxyWatch watch(Duration timeout) throws IOException, ProxyRefusedException {
    ControlConnection connection = ControlConnection.open(files, socket);
    try {
      exchange(connection, request("watch"), timeout);
      return new ProxyWatch(connection);
    } catch (IOException | ProxyRefusedException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Whether a proxy process lives on this folder, answering or not: it holds the lock, and the
   * kernel frees that when it dies.
   */
  public boolean isRunning() throws IOException {
    ASKING.lock();
    try (FileChannel channel =
            FileChannel.open(files.lock(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return free == null;
    } catch (NoSuchFileException never) {
      return false;
    } catch (OverlappingFileLockException runsInThisProcess) {
      return true;
    } finally {
      ASKING.unlock();
    }
  }

  private WireFields call(Map<String, Object> request, Duration timeout)
      throws IOException, ProxyRefusedException {
    try (ControlConnection connection = ControlConnection.open(files, socket)) {
      return exchange(connection, request, timeout);
    }
  }

  private static WireFields exchange(
      ControlConnection connection, Map<String, Object> request, Duration timeout)
      throws IOException, ProxyRefusedException {
    long start = System.nanoTime();
    connection.send(request, timeout);
    Duration left = timeout.minusNanos(System.nanoTime() - start);
    WireFields answer = new WireFields("answer", connection.receive(left));
    if (!answer.flag("ok")) {
      WireFields error = answer.object("error");
      throw new ProxyRefusedException(error.text("code"), error.text("message"));
    }
    return answer;
  }

  private static Map<String, Object> request(String command) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("v", Protocol.VERSION);
    request.put("id", 1);
    request.put("cmd", command);
    return request;
  }
}
