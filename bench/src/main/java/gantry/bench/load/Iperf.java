package gantry.bench.load;

import gantry.bench.run.BenchException;
import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import gantry.proxy.wire.Json;
import gantry.proxy.wire.WireException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs iperf3, which sends bytes as fast as they are taken. */
public final class Iperf {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration BUSY_LIMIT = Duration.ofSeconds(10);

  private static final List<String> BUSY =
      List.of("server is busy", "control socket has closed", "control message");

  private static final Pattern ERROR = Pattern.compile("\"error\":\\s*\"([^\"]*)\"");
  private static final Pattern RECEIVED = Pattern.compile("\"sum_received\":\\s*(\\{[^}]*})");

  private final Scratch scratch;
  private final int serverPort;

  /** Starts the server. */
  public Iperf(Scratch scratch) {
    this.scratch = scratch;
    this.serverPort = Ports.free();
    Child server =
        Child.start(
            scratch,
            "iperf3-server",
            List.of("iperf3", "-s", "-B", Ports.HOST, "-p", Integer.toString(serverPort)));
    server.awaitPort(serverPort);
  }

  /** Where the server listens. */
  public int serverPort() {
    return serverPort;
  }

  /** Sends for some seconds, from the client to the server; units are bytes that arrived. */
  public Outcome run(int streams, int port, int seconds) {
    String command =
        "iperf3 -J -c %s -p %d -P %d -t %d".formatted(Ports.HOST, port, streams, seconds);
    List<String> words = List.of(command.split(" ", -1));
    long start = System.nanoTime();
    for (; ; ) {
      try {
        return outcome(Child.run(scratch, "iperf3", GRACE.plusSeconds(seconds), words));
      } catch (BenchException e) {
        if (!isBusy(e) || System.nanoTime() - start > BUSY_LIMIT.toNanos()) {
          throw e;
        }
      }
    }
  }

  /**
   * The server takes one test at a time, and a moment to end it. Whoever just asks whether a proxy
   * listens reaches it too, and it drops the next one together with that.
   */
  private static boolean isBusy(BenchException e) {
    String message = String.valueOf(e.getMessage());
    return BUSY.stream().anyMatch(message::contains);
  }

  /** Looks for what is needed only: with several streams a report has the same name twice. */
  static Outcome outcome(String output) {
    Matcher error = ERROR.matcher(output);
    if (error.find()) {
      throw new BenchException("iperf3 failed: " + error.group(1));
    }
    Matcher received = RECEIVED.matcher(output);
    if (!received.find()) {
      throw new BenchException("iperf3 did not report:\n" + output);
    }
    try {
      Map<String, @Nullable Object> figures = Json.parseObject(received.group(1));
      double bytes = number(figures.get("bytes"));
      List<String> problems = bytes > 0 ? List.of() : List.of("nothing arrived");
      return new Outcome(bytes, number(figures.get("seconds")), 0, 0, problems);
    } catch (WireException e) {
      throw new BenchException("iperf3 did not report:\n" + output, e);
    }
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }
}
