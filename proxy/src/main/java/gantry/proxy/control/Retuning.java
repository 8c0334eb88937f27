package gantry.proxy.control;

import gantry.proxy.metrics.MetricsEndpoint;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What can be changed of a running process: its metrics and its patience. Thread-safe. */
final class Retuning implements Consumer<Tuning>, AutoCloseable {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  private final Tuning commandLine;
  private final Tuning atStart;
  private final Supplier<String> figures;
  private volatile Duration grace = Duration.ZERO;
  private Optional<WireAddress> wanted;
  private Optional<WireAddress> metrics = Optional.empty();
  private @Nullable MetricsEndpoint endpoint;

  /**
   * Notes what was said at the start.
   *
   * @param commandLine goes before what a file says
   * @param atStart what the process was started with
   * @param figures what the metrics say
   */
  Retuning(Tuning commandLine, Tuning atStart, Supplier<String> figures) {
    this.commandLine = commandLine;
    this.atStart = atStart;
    this.figures = figures;
    this.grace = atStart.grace().orElse(Duration.ZERO);
    this.wanted = atStart.metrics();
  }

  /**
   * Serves metrics, if somebody wants them, until {@link #close}; can be opened again.
   *
   * @throws IOException when their address cannot be bound
   */
  synchronized void open() throws IOException {
    serveMetrics(wanted);
  }

  /** How long connections have when the process is told to end. */
  Duration grace() {
    return grace;
  }

  /** A file that is now in force says so. */
  @Override
  public void accept(Tuning file) {
    Tuning next = commandLine.or(file);
    grace = next.grace().orElse(Duration.ZERO);
    try {
      serveMetrics(next.metrics());
    } catch (IOException e) {
      LOG.log(Level.WARNING, String.valueOf(e.getMessage()));
    }
    if (!next.transport().or(atStart::transport).equals(atStart.transport())
        || !next.loops().or(atStart::loops).equals(atStart.loops())) {
      LOG.log(Level.WARNING, "another transport or number of loops takes a start of the proxy");
    }
  }

  /**
   * Serves metrics there, or nowhere.
   *
   * @throws IOException when the address cannot be bound; then they are where they were
   */
  synchronized void serveMetrics(Optional<WireAddress> address) throws IOException {
    wanted = address;
    if (address.equals(metrics)) {
      return;
    }
    MetricsEndpoint next =
        address.isPresent() ? MetricsEndpoint.open(address.get(), figures) : null;
    if (endpoint != null) {
      endpoint.close();
    }
    endpoint = next;
    metrics = address;
    LOG.log(Level.INFO, "metrics: {0}", address.map(a -> "http://" + a + "/metrics").orElse("off"));
  }

  /** Where metrics are served. */
  synchronized Optional<WireAddress> metrics() {
    return metrics;
  }

  @Override
  public synchronized void close() {
    if (endpoint != null) {
      endpoint.close();
      endpoint = null;
      metrics = Optional.empty();
    }
  }
}
