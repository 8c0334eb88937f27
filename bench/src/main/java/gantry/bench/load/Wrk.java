package gantry.bench.load;

import gantry.bench.run.BenchException;
import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs wrk with one thread, which sends the next request of a connection as soon as the answer to
 * the last one is there.
 */
public final class Wrk {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final String MARK = "figures:";

  /** Runs once, at the end, so that it costs the measured time nothing. */
  private static final String SCRIPT =
      """
      done = function(summary, latency, requests)
        local e = summary.errors
        io.write(string.format("%s %%.0f %%.0f %%.0f %%.1f %%.1f %%d %%d %%d %%d %%d\\n",
          summary.requests, summary.bytes, summary.duration,
          latency:percentile(50), latency:percentile(99),
          e.connect, e.read, e.write, e.timeout, e.status))
      end
      """
          .formatted(MARK);

  private static final List<String> ERRORS =
      List.of("failed connects", "failed reads", "failed writes", "timeouts", "wrong statuses");

  private final Scratch scratch;
  private final Path script;

  /** Writes wrk's script into the scratch folder. */
  public Wrk(Scratch scratch) {
    this.scratch = scratch;
    this.script = scratch.write("report.lua", SCRIPT);
  }

  /** Sends requests for some seconds. */
  public Outcome run(Requests requests, int port, int seconds) {
    List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + requests.connections()));
    command.addAll(List.of("-d" + seconds + "s", "--timeout", "10s"));
    command.addAll(List.of("-s", script.toString()));
    if (requests.newConnections()) {
      command.addAll(List.of("-H", "Connection: close"));
    }
    command.add("http://" + Ports.HOST + ":" + port + requests.path());
    Duration limit = GRACE.plusSeconds(seconds);
    return outcome(Child.run(scratch, "wrk", limit, command), requests.bodyBytes());
  }

  static Outcome outcome(String output, int bodyBytes) {
    String line =
        output
            .lines()
            .filter(text -> text.startsWith(MARK))
            .findFirst()
            .orElseThrow(() -> new BenchException("wrk did not report:\n" + output));
    double[] figures = numbers(line.substring(MARK.length()).strip());
    double requests = figures[0];
    return new Outcome(
        requests, figures[2] / 1e6, figures[3], figures[4], problems(figures, bodyBytes));
  }

  private static double[] numbers(String line) {
    return List.of(line.split(" ", -1)).stream().mapToDouble(Double::parseDouble).toArray();
  }

  private static List<String> problems(double[] figures, int bodyBytes) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < ERRORS.size(); i++) {
      if (figures[5 + i] > 0) {
        problems.add("%.0f %s".formatted(figures[5 + i], ERRORS.get(i)));
      }
    }
    if (figures[0] == 0) {
      problems.add("no answers");
    } else if (figures[1] / figures[0] < bodyBytes) {
      problems.add("answers of %.0f bytes".formatted(figures[1] / figures[0]));
    }
    return problems;
  }

  /**
   * What to send.
   *
   * @param bodyBytes length of the right answer
   * @param newConnections whether each request has a connection of its own
   */
  public record Requests(String path, int bodyBytes, int connections, boolean newConnections) {}
}
