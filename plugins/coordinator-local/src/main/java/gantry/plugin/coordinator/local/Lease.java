package gantry.plugin.coordinator.local;

import java.time.Duration;
import java.util.Optional;

/**
 * One session as other processes see it.
 *
 * @param startTime of the process, as the kernel tells it
 * @param pidNamespace where the pid means something
 * @param bootId the life of the machine in which it was opened
 * @param end the uptime at which it ends unless it is renewed
 */
record Lease(long pid, String startTime, String pidNamespace, String bootId, Duration end) {
  private static final int FIELDS = 5;

  /** A lease of this process. */
  static Lease ofThisProcess(Duration end) {
    long pid = ProcessHandle.current().pid();
    String start = Machine.startTime(pid).orElse("?");
    return new Lease(pid, start, Machine.pidNamespace(), Machine.bootId(), end);
  }

  /** Reads {@link #line}; empty when it is torn. */
  static Optional<Lease> parse(String line) {
    String[] fields = line.strip().split(" ", -1);
    if (fields.length != FIELDS || !line.endsWith("\n")) {
      return Optional.empty();
    }
    try {
      Duration end = Duration.ofNanos(Long.parseLong(fields[4]));
      return Optional.of(
          new Lease(Long.parseLong(fields[0]), fields[1], fields[2], fields[3], end));
    } catch (NumberFormatException e) {
      return Optional.empty(); // torn: as good as none
    }
  }

  /** Always of the same length for one process, so that it can be written over. */
  String line() {
    return "%d %s %s %s %019d%n".formatted(pid, startTime, pidNamespace, bootId, end.toNanos());
  }

  Lease until(Duration newEnd) {
    return new Lease(pid, startTime, pidNamespace, bootId, newEnd);
  }

  /** Whether it holds no more; once true, true for ever. */
  boolean ended() {
    return !bootId.equals(Machine.bootId())
        || Machine.uptime().compareTo(end) >= 0
        || processGone();
  }

  private boolean processGone() {
    // A process of another container cannot be judged; its time to live decides.
    return pidNamespace.equals(Machine.pidNamespace())
        && !Machine.startTime(pid).equals(Optional.of(startTime));
  }
}
