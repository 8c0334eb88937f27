package gantry.cli;

import gantry.engine.event.RolloutEvent;
import gantry.engine.event.RolloutListener;
import gantry.engine.store.ComponentKey;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an agent does, a line for each thing: time, component, what. Thread-safe. */
final class AgentLog implements RolloutListener {
  /** Always three digits after the point, so that lines sort and align. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final PrintWriter out;
  private final Map<ComponentKey, String> last = new HashMap<>();

  AgentLog(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void on(ComponentKey key, RolloutEvent event) {
    Optional<String> line = line(event);
    if (line.isPresent() && !line.get().equals(last.put(key, line.get()))) {
      String now = TIME.format(Instant.now());
      out.println(now + " " + key.component() + ": " + line.get());
      out.flush();
    }
  }

  private static Optional<String> line(RolloutEvent event) {
    return Optional.ofNullable(
        switch (event) {
          case RolloutEvent.Pulling e when e.doneBytes() == 0 -> "pulling " + e.image();
          case RolloutEvent.Pulling e -> null;
          case RolloutEvent.Starting e ->
              "starting container " + e.container() + ", revision " + e.revision();
          case RolloutEvent.Checking e when e.first() -> e.description();
          case RolloutEvent.Checking e -> null;
          case RolloutEvent.CheckFailed e -> "check " + e.kind() + ": " + e.reason();
          case RolloutEvent.Redirecting e -> null;
          case RolloutEvent.Redirected e when e.revision() == 0 -> "traffic ended";
          case RolloutEvent.Redirected e -> "traffic goes to revision " + e.revision();
          case RolloutEvent.Stopping e ->
              "shutting down container " + e.container() + ": " + e.reason();
          case RolloutEvent.Killing e -> "killing container " + e.container();
          case RolloutEvent.Ended e -> "container " + e.container() + " has ended";
          case RolloutEvent.Admitted e -> "updating to revision " + e.revision();
          case RolloutEvent.Updated e -> "runs revision " + e.revision();
          case RolloutEvent.UpdateFailed e ->
              "revision "
                  + e.revision()
                  + " failed: "
                  + e.reason()
                  + FailureReport.log(e.logTail());
          case RolloutEvent.PhaseChanged e -> phase(e);
          case RolloutEvent.Trouble e -> e.reason();
          case RolloutEvent.Busy e -> e.holder() + " is at work on it; waiting";
        });
  }

  /** The steps of an update are told by their own events. */
  private static @Nullable String phase(RolloutEvent.PhaseChanged e) {
    String reason = e.reason().isEmpty() ? "" : ": " + e.reason();
    return switch (e.phase()) {
      case PULLING, STARTING, CHECKING, WATCHING -> null;
      case IDLE, WAITING, READY, UNHEALTHY, FAILED, DRAINING, STOPPED -> e.phase().label() + reason;
    };
  }
}
