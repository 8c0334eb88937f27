package gantry.engine.spec;

import java.time.Duration;
import java.util.Objects;

/**
 * How a rollout goes through the machines.
 *
 * @param maxParallel machines that may take a new revision at a time, at least 1
 * @param minHealthy how long a machine watches its new container after the switch; zero for not
 * @param keepPrevious how long a machine keeps the container that it served with before running
 *     after its last connection has ended, so that a rollback finds it; zero for not
 * @param onFailure what follows when a machine cannot take a revision
 * @param parallelPercent instead of {@code maxParallel}, how many of a hundred machines whose
 *     agents are there; 0 when the number counts
 * @param order which container has to wait for the other
 * @param progressDeadline how long a machine that updates may come no further, but for what may
 *     take as long as it takes: drains and the watch; zero for ever
 */
public record UpdateSpec(
    int maxParallel,
    Duration minHealthy,
    Duration keepPrevious,
    OnFailure onFailure,
    int parallelPercent,
    UpdateOrder order,
    Duration progressDeadline) {
  /** One machine at a time, no watch, nothing kept, and a halt when it fails. */
  public static final UpdateSpec DEFAULT = new UpdateSpec(1, Duration.ZERO);

  /** Nothing is kept, and a failure halts the rollout. */
  public UpdateSpec(int maxParallel, Duration minHealthy) {
    this(maxParallel, minHealthy, Duration.ZERO, OnFailure.HALT);
  }

  /** A number of machines at a time. */
  public UpdateSpec(
      int maxParallel, Duration minHealthy, Duration keepPrevious, OnFailure onFailure) {
    this(
        maxParallel,
        minHealthy,
        keepPrevious,
        onFailure,
        0,
        UpdateOrder.START_FIRST,
        Duration.ZERO);
  }

  /** How many of so many machines may take a revision at a time: one at least. */
  public int parallel(int machines) {
    return parallelPercent == 0 ? maxParallel : Math.max(1, machines * parallelPercent / 100);
  }

  /** The same, with nothing running beside the new container. */
  public UpdateSpec stopFirst() {
    return new UpdateSpec(
        maxParallel,
        minHealthy,
        keepPrevious,
        onFailure,
        parallelPercent,
        UpdateOrder.STOP_FIRST,
        progressDeadline);
  }

  /** The same, with so much time to come further. */
  public UpdateSpec within(Duration deadline) {
    return new UpdateSpec(
        maxParallel, minHealthy, keepPrevious, onFailure, parallelPercent, order, deadline);
  }

  /** For revisions that were stored before these fields were there. */
  public UpdateSpec {
    keepPrevious = Objects.requireNonNullElse(keepPrevious, Duration.ZERO);
    onFailure = Objects.requireNonNullElse(onFailure, OnFailure.HALT);
    order = Objects.requireNonNullElse(order, UpdateOrder.START_FIRST);
    progressDeadline = Objects.requireNonNullElse(progressDeadline, Duration.ZERO);
  }
}
