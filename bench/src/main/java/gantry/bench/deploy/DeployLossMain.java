package gantry.bench.deploy;

import gantry.bench.report.ResultFolder;
import gantry.bench.report.Table;
import gantry.bench.run.BenchException;
import gantry.bench.run.Machine;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench/deploy-loss}. */
@Command(
    name = "bench/deploy-loss",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Counts the connections that proxies lose when traffic is switched from one backend to another",
      "under load: Gantry, HAProxy and nginx with a reload, Caddy with a configuration change. Then",
      "kills backends under Gantry. Prints tables, and writes results.json and results.md.",
      "What is counted and how stands in bench/README.md.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 counted, and Gantry lost nothing that it could have kept, 1 it did, 2 usage,",
      "4 could not be counted."
    })
final class DeployLossMain implements Callable<Integer> {
  private static final int LOST = 1;
  private static final int IMPOSSIBLE = 4;
  private static final int QUICK_SWITCHES = 10;
  private static final int QUICK_KILLS = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration QUICK_WARM_UP = Duration.ofSeconds(1);

  @Option(names = "--switches", paramLabel = "N", description = "Of each contender. Default: 50.")
  private int switches = 50;

  @Option(names = "--kills", paramLabel = "N", description = "Killed backends. Default: 10.")
  private int kills = 10;

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "NAME",
      description =
          "Only these of gantry-io_uring, gantry-epoll, haproxy, nginx, caddy, separated by commas.")
  private Set<String> contenders = new LinkedHashSet<>();

  @Option(names = "--quick", description = "10 switches and 2 kills: takes less than a minute.")
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

  private DeployLossMain() {}

  /** Runs the command; the property {@code gantry.checkout} names the checkout's folder. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new DeployLossMain()).execute(args));
  }

  @Override
  public Integer call() {
    Path checkout = Path.of(System.getProperty("gantry.checkout", ".")).toAbsolutePath();
    try (Scratch scratch = Scratch.make()) {
      return run(scratch, checkout);
    }
  }

  private int run(Scratch scratch, Path checkout) {
    try {
      Machine machine = Machine.ask(scratch, checkout);
      machine.facts().forEach((name, value) -> System.out.println(name + ": " + value));
      System.out.println();
      Path built = distribution == null ? checkout.resolve("cli/target/gantry") : distribution;
      DeployReport report =
          count(machine, new DeployBench(scratch, built.toAbsolutePath(), contenders));
      return report(
          report,
          output == null ? ResultFolder.fresh(checkout, "deploy-loss") : new ResultFolder(output));
    } catch (BenchException e) {
      if (!scratch.isClosed()) {
        System.err.println("bench/deploy-loss: " + e.getMessage());
      }
      return IMPOSSIBLE;
    }
  }

  private DeployReport count(Machine machine, DeployBench bench) {
    int times = quick ? QUICK_SWITCHES : switches;
    int killed = quick ? QUICK_KILLS : kills;
    Duration warmUp = quick ? QUICK_WARM_UP : WARM_UP;
    return new DeployReport(
        machine, times, killed, bench.switches(times, warmUp), bench.kills(killed));
  }

  private static int report(DeployReport report, ResultFolder results) {
    report.write(results);
    report.tables().stream().map(Table::toText).forEach(System.out::println);
    System.out.println("results: " + results.folder());
    return report.gantryLostNothing() ? 0 : LOST;
  }
}
