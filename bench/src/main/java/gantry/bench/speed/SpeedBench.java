package gantry.bench.speed;

import gantry.bench.report.ResultFolder;
import gantry.bench.report.Table;
import gantry.bench.run.Machine;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs workloads one after the other, and reports. */
final class SpeedBench {
  private final Scratch scratch;
  private final Settings settings;

  SpeedBench(Scratch scratch, Settings settings) {
    this.scratch = scratch;
    this.settings = settings;
  }

  /** Returns whether every measurement counts. */
  boolean run(List<Workload> workloads, Path checkout, ResultFolder results) {
    Machine machine = Machine.ask(scratch, checkout);
    machine.facts().forEach((name, value) -> System.out.println(name + ": " + value));
    System.out.println();
    List<Summary> summaries = new ArrayList<>();
    for (Workload workload : workloads) {
      Summary summary = new Summary(workload, run(workload));
      summaries.add(summary);
      new SpeedReport(machine, settings, summaries).write(results);
    }
    SpeedReport report = new SpeedReport(machine, settings, summaries);
    report.tables().stream().map(Table::toText).forEach(System.out::println);
    System.out.println(settings.inWords());
    System.out.println("results: " + results.folder());
    return summaries.stream().allMatch(summary -> summary.problems().isEmpty());
  }

  private List<Sample> run(Workload workload) {
    return workload.load() instanceof Load.Idle
        ? new IdleRun(scratch, workload, settings).run()
        : new ThroughputRun(scratch, workload, settings).run();
  }
}
