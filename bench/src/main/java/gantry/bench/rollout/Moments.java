package gantry.bench.rollout;

import gantry.bench.run.BenchException;
import gantry.engine.event.RolloutEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** When machines were admitted to a revision and when they had finished it. Thread-safe. */
final class Moments {
  private final Map<Long, Map<String, Long>> admitted = new ConcurrentHashMap<>();
  private final Map<Long, Map<String, Long>> finished = new ConcurrentHashMap<>();
  private final Map<Long, Map<String, Long>> serving = new ConcurrentHashMap<>();
  private final Set<String> awake = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  /** One machine's turn, in nanoseconds of the monotonic clock. */
  record Turn(String machine, long admittedNanos, long finishedNanos) {}

  void hear(String machine, RolloutEvent event) {
    long now = System.nanoTime();
    switch (event) {
      case RolloutEvent.Admitted e -> note(admitted, e.revision(), machine, now);
      case RolloutEvent.Updated e -> note(finished, e.revision(), machine, now);
      case RolloutEvent.Redirected e -> note(serving, e.revision(), machine, now);
      case RolloutEvent.UpdateFailed e -> failures.add(machine + " failed: " + e.reason());
      case RolloutEvent.PhaseChanged e -> awake.add(machine);
      case RolloutEvent.Trouble e -> failures.add(machine + " was in trouble: " + e.reason());
      default -> {}
    }
  }

  private static void note(
      Map<Long, Map<String, Long>> moments, long revision, String machine, long nanos) {
    moments.computeIfAbsent(revision, r -> new ConcurrentHashMap<>()).put(machine, nanos);
  }

  /** Machines whose agents have looked at their component. */
  int awake() {
    return awake.size();
  }

  /** Machines whose traffic the revision has. */
  int serving(long revision) {
    return serving.getOrDefault(revision, Map.of()).size();
  }

  /** Machines that have finished the revision. */
  int finished(long revision) {
    return finished.getOrDefault(revision, Map.of()).size();
  }

  /** All turns, in the order in which they ended. */
  List<Turn> turns(long revision) {
    Map<String, Long> begun = admitted.getOrDefault(revision, Map.of());
    List<Turn> turns = new ArrayList<>();
    finished
        .getOrDefault(revision, Map.of())
        .forEach(
            (machine, end) -> turns.add(new Turn(machine, begun.getOrDefault(machine, end), end)));
    turns.sort((a, b) -> Long.compare(a.finishedNanos, b.finishedNanos));
    return turns;
  }

  /** What went wrong until now was not in a rollout that is measured. */
  void forgetFailures() {
    failures.clear();
  }

  /** A figure from a rollout with trouble would be about the trouble. */
  void requireNoFailure() {
    String first = failures.peek();
    if (first != null) {
      throw new BenchException(
          "the figures would mean nothing, since machine " + first + rest(failures.size() - 1));
    }
  }

  private static String rest(int others) {
    return others == 0 ? "" : " (and " + others + " more like this)";
  }

  /** How far a rollout got. */
  String progress(long revision) {
    return finished(revision) + " machines had finished";
  }
}
