package gantry.bench.speed;

import gantry.bench.report.ResultFolder;
import gantry.bench.run.BenchException;
import gantry.bench.run.ProcFiles;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command {@code bench/proxy}. */
@Command(
    name = "bench/proxy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Measures Gantry's proxy beside HAProxy, nginx and Caddy, on loopback, in one run.",
      "Prints tables, and writes results.json, results.md and chart.svg.",
      "What is measured and how stands in bench/README.md.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 measured (bars may be missed), 1 measured, but something is flagged,",
      "2 usage, 4 could not be measured."
    })
final class ProxyBenchMain implements Callable<Integer> {
  private static final int FLAGGED = 1;
  private static final int IMPOSSIBLE = 4;
  private static final int SPARE_DESCRIPTORS = 400;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "WORKLOAD",
      description = "Only these workloads, separated by commas; --list shows all.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "NAME",
      description = "Only these contenders, for instance haproxy,gantry-epoll.")
  private Set<String> contenders = new LinkedHashSet<>();

  @Option(names = "--repetitions", paramLabel = "N", description = "Default: 5.")
  private int repetitions = 5;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of one measurement. Default: 5.")
  private int seconds = 5;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Seconds of load before the first measurement of each. Default: 5.")
  private int warmUpSeconds = 5;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Client connections at once. Default: 64.")
  private int connections = 64;

  @Option(
      names = "--idle",
      paramLabel = "N",
      description = {
        "Connections of the idle workloads. Default: 10000. Fewer when this user may not have",
        "twice as many descriptors open (ulimit -n)."
      })
  private int idleConnections = 10_000;

  @Option(
      names = "--quick",
      description = "Shows within a minute that everything works; the figures mean nothing.")
  private boolean quick;

  @Option(
      names = "--distribution",
      paramLabel = "DIR",
      description = "Gantry's distribution. Default: the one built from this checkout.")
  private @Nullable Path distribution;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where the results go. Default: a new folder in bench/target/results.")
  private @Nullable Path output;

  @Option(names = "--list", description = "Lists the workloads.")
  private boolean list;

  private final CommandLine commandLine = new CommandLine(this);

  private ProxyBenchMain() {}

  /** Runs the command; the property {@code gantry.checkout} names the checkout's folder. */
  public static void main(String[] args) {
    System.exit(new ProxyBenchMain().commandLine.execute(args));
  }

  @Override
  public Integer call() {
    if (list) {
      Arrays.stream(Workload.values())
          .forEach(workload -> System.out.println(workload.title(settings(Path.of("")))));
      return 0;
    }
    Path checkout = Path.of(System.getProperty("gantry.checkout", ".")).toAbsolutePath();
    List<Workload> workloads = workloads();
    try (Scratch scratch = Scratch.make()) {
      return run(scratch, workloads, checkout);
    }
  }

  private int run(Scratch scratch, List<Workload> workloads, Path checkout) {
    try {
      ResultFolder results =
          output == null ? ResultFolder.fresh(checkout, "proxy") : new ResultFolder(output);
      boolean counts =
          new SpeedBench(scratch, settings(checkout)).run(workloads, checkout, results);
      return counts ? 0 : FLAGGED;
    } catch (BenchException e) {
      if (!scratch.isClosed()) {
        System.err.println("bench/proxy: " + e.getMessage());
      }
      return IMPOSSIBLE;
    }
  }

  private Settings settings(Path checkout) {
    Path built = distribution == null ? checkout.resolve("cli/target/gantry") : distribution;
    return quick
        ? Settings.quick(connections, contenders, built.toAbsolutePath())
        : new Settings(
            repetitions,
            seconds,
            warmUpSeconds,
            connections,
            Math.min(idleConnections, mostIdleConnections()),
            contenders,
            built.toAbsolutePath());
  }

  /** An L4 proxy has two descriptors for each, and some more. */
  private static int mostIdleConnections() {
    return (ProcFiles.descriptorLimit() - SPARE_DESCRIPTORS) / 2;
  }

  private List<Workload> workloads() {
    List<Workload> all = List.of(Workload.values());
    List<Workload> chosen = all.stream().filter(w -> only.contains(w.id())).toList();
    if (chosen.size() != Set.copyOf(only).size()) {
      String known = all.stream().map(Workload::id).collect(Collectors.joining(", "));
      throw new ParameterException(
          commandLine, "unknown workload in " + String.join(",", only) + "; there are " + known);
    }
    return !chosen.isEmpty() ? chosen : quick ? Workload.QUICK : all;
  }
}
