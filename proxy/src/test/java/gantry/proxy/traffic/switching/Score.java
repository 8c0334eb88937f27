package gantry.proxy.traffic.switching;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Judges every request of a run with switches. The parity of the number of switches says which
 * backend is the right one. A request during which no switch began must have been answered by the
 * one that was right when it started; during a switch, both are.
 */
final class Score {
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong judged = new AtomicLong();
  private final Map<String, Integer> mistakes = new ConcurrentHashMap<>();

  /** The backend that is right after so many switches. */
  static String right(long switches) {
    return switches % 2 == 0 ? "a" : "b";
  }

  /** Before the command; returns the number of the switch. */
  long switchBegins() {
    return begun.incrementAndGet();
  }

  /** After the proxy's answer. */
  void switchAcknowledged() {
    acknowledged.incrementAndGet();
  }

  /** Before a request; returns what its answer is judged by. */
  long requestStarts() {
    return acknowledged.get();
  }

  void answered(long started, String backend) {
    answered.incrementAndGet();
    if (!backend.equals("a") && !backend.equals("b")) {
      mistake("odd answer: " + backend);
    } else if (begun.get() == started) {
      judged.incrementAndGet();
      if (!backend.equals(right(started))) {
        mistake("misrouted");
      }
    }
  }

  void mistake(String what) {
    mistakes.merge(what, 1, Integer::sum);
  }

  /** Requests whose right backend was certain. */
  long judged() {
    return judged.get();
  }

  long answered() {
    return answered.get();
  }

  /** What went wrong, and how often. */
  Map<String, Integer> mistakes() {
    return mistakes;
  }
}
