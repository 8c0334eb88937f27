package gantry.bench.rollout;

import gantry.bench.report.Table;
import gantry.bench.run.BenchException;
import gantry.bench.run.Machine;
import gantry.bench.run.Scratch;
import gantry.proxy.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command {@code bench/rollout}. */
@Command(
    name = "bench/rollout",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Measures what a rollout over many machines, one at a time, costs each of them in sequence beside",
      "what its container and its checks take: the time from one machine's finish to the next one's.",
      "Agents and etcd are real; container engines, proxies and checks are in memory and take no time.",
      "What is measured and how stands in bench/README.md.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 measured, 1 measured and the median of a machine's overhead is above 20 ms (not",
      "with --quick), 2 usage, 4 could not be measured."
    })
final class RolloutBenchMain implements Callable<Integer> {
  private static final int MISSED = 1;
  private static final int IMPOSSIBLE = 4;
  private static final int QUICK_AGENTS = 20;
  private static final int MOST_AGENTS = 1_000;
  private static final int MOST_ROUNDS = 100;

  /** How the figures are printed. */
  enum Output {
    /** For people. */
    TABLE,
    /** For programs: one document, and nothing else on the output. */
    JSON
  }

  @Option(names = "--agents", paramLabel = "N", description = "Machines, 2 to 1000. Default: 200.")
  private int agents = 200;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "Rollouts, one after the other, 1 to 100. Default: 3.")
  private int rounds = 3;

  @Option(names = "--quick", description = "20 machines, 1 rollout; the figures mean little.")
  private boolean quick;

  @Option(
      names = "--no-fsync",
      description = "etcd does not wait for its disk: what is left is not the disk's.")
  private boolean withoutFsync;

  @Option(names = "--output", paramLabel = "FORMAT", description = "table or json. Default: table.")
  private Output output = Output.TABLE;

  private final CommandLine commandLine =
      new CommandLine(this).setCaseInsensitiveEnumValuesAllowed(true);

  /** Kept, so that its level is; it tells of native transports that nobody misses. */
  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  private RolloutBenchMain() {}

  /** Runs the command; the property {@code gantry.checkout} names the checkout's folder. */
  public static void main(String[] args) {
    GRPC_LOG.setLevel(Level.WARNING);
    System.exit(new RolloutBenchMain().commandLine.execute(args));
  }

  @Override
  public Integer call() {
    require("--agents", agents, 2, MOST_AGENTS);
    require("--rounds", rounds, 1, MOST_ROUNDS);
    try (Scratch scratch = Scratch.make()) {
      return run(scratch);
    }
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          commandLine, option + " is " + value + "; it can be " + least + " to " + most);
    }
  }

  private int run(Scratch scratch) {
    try {
      Map<String, String> facts = facts(scratch);
      RolloutReport report =
          new RolloutBench(quick ? QUICK_AGENTS : agents, quick ? 1 : rounds, !withoutFsync)
              .run(scratch);
      print(report, facts);
      return quick || report.meetsBar() ? 0 : MISSED;
    } catch (BenchException e) {
      if (!scratch.isClosed()) {
        System.err.println("bench/rollout: " + e.getMessage());
      }
      return IMPOSSIBLE;
    }
  }

  private static Map<String, String> facts(Scratch scratch) {
    Path checkout = Path.of(System.getProperty("gantry.checkout", ".")).toAbsolutePath();
    return Machine.ask(scratch, checkout, Map.of("etcd", List.of("etcd", "--version"))).facts();
  }

  private void print(RolloutReport report, Map<String, String> facts) {
    if (output == Output.JSON) {
      System.out.println(Json.write(report.json(facts)));
      return;
    }
    facts.forEach((name, value) -> System.out.println(name + ": " + value));
    System.out.println();
    report.tables().stream().map(Table::toText).forEach(System.out::println);
  }
}
