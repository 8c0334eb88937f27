package gantry.engine.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What every machine is to converge to.
 *
 * @param revision the revision that runs when the status is ready
 * @param by who asked for it: user and host
 * @param machines the only ones that may take the revision, until it is promoted; empty for all
 * @param paused whether nobody else may take the revision for now; who has begun goes on
 */
public record Desired(
    long revision,
    DesiredStatus status,
    String by,
    Instant at,
    List<String> machines,
    boolean paused) {
  /** For values that were stored before these two fields were there. */
  public Desired {
    machines = List.copyOf(Objects.requireNonNullElse(machines, List.of()));
  }

  /** All machines may take it, now. */
  public Desired(long revision, DesiredStatus status, String by, Instant at) {
    this(revision, status, by, at, List.of(), false);
  }

  /** Whether it is tried on some machines first. */
  public boolean canary() {
    return !machines.isEmpty();
  }

  /** Whether a machine is among those that may take the revision. */
  public boolean covers(String machine) {
    return machines.isEmpty() || machines.contains(machine);
  }

  Desired with(DesiredStatus newStatus, String newBy, Instant newAt) {
    return new Desired(revision, newStatus, newBy, newAt, machines, paused);
  }

  Desired paused(boolean nowPaused, String newBy, Instant newAt) {
    return new Desired(revision, status, newBy, newAt, machines, nowPaused);
  }

  Desired promoted(String newBy, Instant newAt) {
    return new Desired(revision, status, newBy, newAt, List.of(), false);
  }
}
