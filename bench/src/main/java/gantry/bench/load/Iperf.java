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
import org.jspecify.annotations.Nullable;

/** Runs iperf3, which sends bytes as fast as they are taken. */
public final class Iperf {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration BUSY_LIMIT = Duration.ofSeconds(10);

  private static final List<String> BUSY =
      List.of("server is busy", "control socket has closed", "control message");

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

  static Outcome outcome(String output) {
    try {
      Map<String, @Nullable Object> report = Json.parseObject(output);
      if (report.get("error") != null) {
        throw new BenchException("iperf3 failed: " + report.get("error"));
      }
      Map<String, @Nullable Object> received =
          object(object(report.get("end")).get("sum_received"));
      double bytes = number(received.get("bytes"));
      List<String> problems = bytes > 0 ? List.of() : List.of("nothing arrived");
      return new Outcome(bytes, number(received.get("seconds")), 0, 0, problems);
    } catch (WireException e) {
      throw new BenchException("iperf3 did not report:\n" + output, e);
    }
  }

  @SuppressWarnings("unchecked") // what the parser makes of a JSON object
  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new BenchException("iperf3 reported " + value + " instead of figures");
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }
}
