package gantry.bench.rollout;

import gantry.bench.run.BenchException;
import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import gantry.bench.run.Waiting;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An etcd of one member on loopback with etcd's own settings. Ends with its scratch folder. */
final class Etcd {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final int ANSWER_LIMIT_MILLIS = 2_000;
  private static final String WRITES = "etcd_disk_wal_fsync_duration_seconds_count ";
  private static final String SECONDS = "etcd_disk_wal_fsync_duration_seconds_sum ";

  private final String endpoint;

  private Etcd(String endpoint) {
    this.endpoint = endpoint;
  }

  /** What etcd has waited for its disk since it was started. */
  record Disk(long syncs, double seconds) {
    Disk since(Disk before) {
      return new Disk(syncs - before.syncs, seconds - before.seconds);
    }

    double millisEach() {
      return syncs == 0 ? 0 : seconds * 1_000 / syncs;
    }
  }

  /**
   * Starts one without data and waits until it serves.
   *
   * @param safe whether it waits until what it acknowledges is on the disk, as users' do
   */
  static Etcd start(Scratch scratch, boolean safe) {
    String own = url();
    String peers = url();
    List<String> command =
        new ArrayList<>(
            List.of(
                program().toString(),
                "--name=bench",
                "--data-dir=" + scratch.folder().resolve("etcd"),
                "--listen-client-urls=" + own,
                "--advertise-client-urls=" + own,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=bench=" + peers));
    if (!safe) {
      command.add("--unsafe-no-fsync");
    }
    Child child = Child.start(scratch, "etcd", command);
    Etcd etcd = new Etcd(own);
    Waiting.until(START_LIMIT, "etcd to serve", () -> serves(child, etcd));
    return etcd;
  }

  /** Where clients find it. */
  String endpoint() {
    return endpoint;
  }

  /** What it says of its disk now. */
  Disk disk() {
    String metrics =
        ask("/metrics").orElseThrow(() -> new BenchException("etcd does not tell its metrics"));
    return new Disk((long) metric(metrics, WRITES), metric(metrics, SECONDS));
  }

  private static double metric(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new BenchException("etcd has no metric " + name.strip()));
  }

  private static boolean serves(Child child, Etcd etcd) {
    child.requireAlive();
    return etcd.ask("/health").filter(answer -> answer.contains("\"true\"")).isPresent();
  }

  private Optional<String> ask(String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(endpoint + path).toURL().openConnection();
      connection.setConnectTimeout(ANSWER_LIMIT_MILLIS);
      connection.setReadTimeout(ANSWER_LIMIT_MILLIS);
      try (var body = connection.getInputStream()) {
        return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      } finally {
        connection.disconnect();
      }
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  private static String url() {
    return String.format(Locale.ROOT, "http://%s:%d", Ports.HOST, Ports.free());
  }

  private static Path program() {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Stream.of(path.split(":", -1))
        .map(folder -> Path.of(folder).resolve("etcd"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new BenchException(
                    "etcd is not installed; looked in "
                        + path
                        + "\nnext: apt-get install etcd-server"));
  }
}
