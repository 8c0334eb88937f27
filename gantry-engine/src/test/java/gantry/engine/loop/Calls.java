package gantry.engine.loop;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One machine's calls to the outside, with one fault at one of them. Only calls that change
 * something count; the first is number 1.
 */
final class Calls {
  /** What happens at that call. */
  enum Fault {
    /** The process dies before the call. */
    CRASH_BEFORE,
    /** The process dies after the call, before it has heard the answer. */
    CRASH_AFTER,
    /** A transaction does not arrive, and nobody knows. */
    REQUEST_LOST,
    /** A transaction is carried out, but nobody knows. */
    ANSWER_LOST,
    /** Somebody else is faster: a transaction arrives after theirs. */
    OVERTAKEN
  }

  /** The death of the process. Not an exception, so that nothing on the way handles it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String call) {
      super("the process died at " + call);
    }
  }

  private static final Set<String> TRANSACTIONS = Set.of("commit");
  private static final Set<String> EFFECTS =
      Set.of("commit", "openSession", "pull", "create", "start", "stop", "kill", "remove", "apply");

  private final Fault fault;
  private final int at;
  private final Runnable others;
  private int seen;

  private Calls(Fault fault, int at, Runnable others) {
    this.fault = fault;
    this.at = at;
    this.others = others;
  }

  static Calls withoutFault() {
    return with(Fault.CRASH_BEFORE, 0);
  }

  static Calls with(Fault fault, int at) {
    return new Calls(fault, at, () -> {});
  }

  /** What others do arrives right before the next transaction. */
  static Calls overtakenBy(Runnable others) {
    return new Calls(Fault.OVERTAKEN, 1, others);
  }

  /** Whether that call has come. */
  boolean hit() {
    return seen >= at;
  }

  /** The same part, with the calls of the moment in front of it. */
  static <T> T through(Class<T> type, T part, Supplier<Calls> calls) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> calls.get().call(part, method, arguments));
    return type.cast(proxy);
  }

  private Object call(Object part, Method method, Object[] arguments) throws Throwable {
    if (!counted().contains(method.getName()) || ++seen != at) {
      return pass(part, method, arguments);
    }
    if (fault == Fault.CRASH_BEFORE) {
      throw new Crash("the start of " + method.getName());
    }
    if (fault == Fault.OVERTAKEN) {
      others.run();
      return pass(part, method, arguments);
    }
    if (fault != Fault.REQUEST_LOST) {
      pass(part, method, arguments);
    }
    if (fault == Fault.CRASH_AFTER) {
      throw new Crash("the end of " + method.getName());
    }
    throw new GantryException(ErrorCode.OUTCOME_UNKNOWN, "the answer was lost (scripted)");
  }

  private Set<String> counted() {
    return switch (fault) {
      case CRASH_BEFORE, CRASH_AFTER -> EFFECTS;
      case REQUEST_LOST, ANSWER_LOST, OVERTAKEN -> TRANSACTIONS;
    };
  }

  private static Object pass(Object part, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(part, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
