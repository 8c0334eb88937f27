package gantry.cli.demo;

import gantry.api.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One machine's agent, a real {@code gantryd run}, and what it has said. Thread-safe. */
final class AgentProcess {
  private static final Pattern SAID = Pattern.compile("\\S+ web: (.*)");
  private static final int MAX_LINES = 1_000;
  private static final int SHOWN_LINES = 15;

  private final Clock clock;
  private final Process process;
  private final Consumer<String> listener;
  private final List<Line> lines = new ArrayList<>();
  private boolean ended;

  private AgentProcess(Clock clock, Process process, Consumer<String> listener) {
    this.clock = clock;
    this.process = process;
    this.listener = listener;
  }

  private record Line(String text, long atNanos) {}

  static String command(Site site) {
    return "gantryd run shop -c web --machine %s --state-dir %s --bind %s"
        .formatted(site.machine(), site.machine(), site.address());
  }

  /**
   * Starts it, in a session of its own: Ctrl-C is for the demo, which then ends its agents.
   *
   * @param listener hears what the agent says of the component, in a thread of its own
   */
  static AgentProcess start(Workspace workspace, Site site, Clock clock, Consumer<String> listener)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("setsid"));
    words.addAll(List.of(command(site).split(" ", -1)));
    Process process = workspace.process(words).start();
    process.getOutputStream().close();
    AgentProcess agent = new AgentProcess(clock, process, listener);
    Thread.startVirtualThread(agent::read);
    return agent;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** When it first said this, on the monotonic clock. */
  synchronized Optional<Long> saidAtNanos(String what) {
    return lines.stream().filter(line -> line.text().equals(what)).map(Line::atNanos).findFirst();
  }

  /** Waits until it says this. */
  synchronized long awaitSaid(String what, Duration limit)
      throws InterruptedException, BrokenPromiseException {
    long start = clock.monotonicNanos();
    while (saidAtNanos(what).isEmpty()) {
      Duration left = limit.minus(clock.since(start));
      if (ended || left.toMillis() <= 0) {
        String how = ended ? "ended" : "did not get there within " + limit.toSeconds() + " s";
        throw new BrokenPromiseException(
            "agent %s, expected '%s'; its last lines:%n  %s".formatted(how, what, tail()));
      }
      wait(left.toMillis());
    }
    return saidAtNanos(what).orElseThrow();
  }

  private String tail() {
    List<String> texts = lines.stream().map(Line::text).toList();
    return String.join(
        "\n  ", texts.subList(Math.max(0, texts.size() - SHOWN_LINES), texts.size()));
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        heard(line);
      }
    } catch (IOException e) {
      heard("its output cannot be read: " + e);
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private void heard(String line) {
    Matcher said = SAID.matcher(line);
    String text = said.matches() ? said.group(1) : line;
    synchronized (this) {
      if (lines.size() < MAX_LINES) {
        lines.add(new Line(text, clock.monotonicNanos()));
      }
      notifyAll();
    }
    if (said.matches()) {
      listener.accept(text);
    }
  }
}
