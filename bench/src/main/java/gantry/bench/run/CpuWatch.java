package gantry.bench.run;

import java.util.List;

/** Tells how much of the machine's CPU time programs took that do not belong to the benchmark. */
public final class CpuWatch {
  private static final double TICKS_PER_SECOND = 100;

  private final long startNanos = System.nanoTime();
  private final double startBusy = busySeconds();
  private final double startOurs = ProcFiles.cpuSecondsOfAllChildren();

  /** Starts watching. */
  public CpuWatch() {}

  /** Share of all processors' time since the start, 0 to 1, that went to others. */
  public double shareOfOthers() {
    double ours = ProcFiles.cpuSecondsOfAllChildren() - startOurs;
    double busy = busySeconds() - startBusy;
    double all =
        (System.nanoTime() - startNanos) / 1e9 * Runtime.getRuntime().availableProcessors();
    return Math.clamp((busy - ours) / all, 0, 1);
  }

  /** Time of processes, and time that a hypervisor gave to other machines. */
  private static double busySeconds() {
    List<String> lines = ProcFiles.lines("/proc/stat");
    if (lines.isEmpty()) {
      throw new BenchException("/proc/stat cannot be read");
    }
    String[] fields = lines.getFirst().split(" +", -1);
    long user = Long.parseLong(fields[1]);
    long nice = Long.parseLong(fields[2]);
    long system = Long.parseLong(fields[3]);
    long stolen = Long.parseLong(fields[8]);
    return (user + nice + system + stolen) / TICKS_PER_SECOND;
  }
}
