package gantry.testkit.container;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/** Scripted failures of an {@link InMemoryEngine}, used up in the order in which they were set. */
public final class Faults {
  private record Fault(ErrorCode code, boolean afterEffect) {}

  private final Map<Operation, Queue<Fault>> next = new EnumMap<>(Operation.class);
  private boolean unreachable;

  Faults() {}

  /** While true, every call fails with {@code ENGINE_UNREACHABLE} and has no effect. */
  public synchronized void setUnreachable(boolean unreachable) {
    this.unreachable = unreachable;
  }

  /** The next such call fails without any effect. */
  public synchronized void failNext(Operation operation, ErrorCode code) {
    next.computeIfAbsent(operation, any -> new ArrayDeque<>()).add(new Fault(code, false));
  }

  /** The next such call has its effect, but the caller hears {@code ENGINE_UNREACHABLE}. */
  public synchronized void loseNextAnswer(Operation operation) {
    next.computeIfAbsent(operation, any -> new ArrayDeque<>())
        .add(new Fault(ErrorCode.ENGINE_UNREACHABLE, true));
  }

  <T> T around(Operation operation, Supplier<T> call) {
    Optional<Fault> hit = take(operation);
    if (hit.isEmpty()) {
      return call.get();
    }
    Fault fault = hit.get();
    if (fault.afterEffect) {
      T lost = call.get();
      throw new GantryException(
          fault.code, "the engine's answer to " + operation + " was lost (scripted): " + lost);
    }
    throw new GantryException(fault.code, operation + " failed (scripted)");
  }

  private synchronized Optional<Fault> take(Operation operation) {
    if (unreachable) {
      return Optional.of(new Fault(ErrorCode.ENGINE_UNREACHABLE, false));
    }
    return Optional.ofNullable(next.get(operation)).map(Queue::poll);
  }
}
