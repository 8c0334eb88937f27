package gantry.engine.exec;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The moments at which a process can be made to die, to see what becomes of what it was doing:
 * right after each write and each action, before anybody is told. The system property {@value
 * #PROPERTY} names one; whoever gets there halts as after {@code kill -9}, without any clean-up.
 */
public enum CrashPoint {
  /** The proxy was started. */
  PROXY_STARTED,
  /** The slot and the admission are written. */
  SLOT_ACQUIRED,
  /** The slot is bound to this process's session. */
  SLOT_RECLAIMED,
  /** The start without a slot is written. */
  PROVEN_ADMITTED,
  /** The alert about another machine is written. */
  LOST_REPORTED,
  /** A pull goes on. */
  PULL_BEGUN,
  /** The image is present. */
  PULLED,
  /** A container was made. */
  CREATED,
  /** A container was started. */
  STARTED,
  /** A round of ready checks goes on. */
  CHECK_BEGUN,
  /** A round of ready checks is over, whatever it said. */
  CHECKED,
  /** Other routes are in force. */
  ROUTES_APPLIED,
  /** The end of an update is written, and the slot is free. */
  UPDATE_FINISHED,
  /** The alert about this machine is written, and the slot is free. */
  UPDATE_FAILED,
  /** An admission that meant nothing any more is given up. */
  SLOT_LEFT,
  /** What serves stands in the machine's record. */
  ADOPTED,
  /** What is done of an operator's cut is taken away. */
  CUT_SETTLED,
  /** A container was asked to end. */
  STOP_BEGUN,
  /** A container that was asked to end has ended. */
  STOPPED,
  /** A container is about to be killed. */
  KILL_BEGUN,
  /** A container was killed. */
  KILLED,
  /** A container was removed. */
  REMOVED,
  /** The machine's record is written. */
  RECORD_WRITTEN;

  /** The system property; its value is a {@link #label()}. */
  public static final String PROPERTY = "gantry.crash";

  /** With what a process ends that got there. */
  public static final int EXIT_CODE = 137;

  private static final String NAMED = System.getProperty(PROPERTY, "");

  private static final @Nullable CrashPoint ARMED = find(NAMED).orElse(null);

  /** How the property names it: {@code slot-acquired}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The point at which this process is to die; empty in all ordinary life.
   *
   * @throws GantryException {@code USAGE} if the property names none that exists
   */
  public static Optional<CrashPoint> armed() {
    if (ARMED == null && !NAMED.isEmpty()) {
      List<String> known = Arrays.stream(values()).map(CrashPoint::label).toList();
      throw new GantryException(
          ErrorCode.USAGE,
          PROPERTY + ": no crash point '" + NAMED + "'; known: " + String.join(", ", known));
    }
    return Optional.ofNullable(ARMED);
  }

  /** Says that it was reached; does not return if the process is to die there. */
  public void reached() {
    if (this == ARMED) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  private static Optional<CrashPoint> find(String label) {
    return Arrays.stream(values()).filter(point -> point.label().equals(label)).findFirst();
  }
}
