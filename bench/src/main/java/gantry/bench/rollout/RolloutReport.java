package gantry.bench.rollout;

import gantry.bench.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured.
 *
 * @param safe whether etcd waited for its disk
 * @param before this JVM without agents
 * @param after this JVM with all agents
 */
record RolloutReport(
    int agents, boolean safe, List<BenchFleet.Round> rounds, Burden before, Burden after) {
  /** A machine's overhead that is aimed at. */
  static final double BAR_MILLIS = 20;

  private static final double MEBIBYTE = 1 << 20;

  /** Copies the rounds. */
  RolloutReport {
    rounds = List.copyOf(rounds);
  }

  /** Whether the median machine's overhead is as small as it is to be. */
  boolean meetsBar() {
    return each().median() <= BAR_MILLIS;
  }

  private Figures each() {
    return Figures.ofNanos(all().each());
  }

  private Sequence all() {
    return Sequence.join(rounds.stream().map(round -> Sequence.of(round.turns())).toList());
  }

  List<Table> tables() {
    return List.of(times(), costs());
  }

  private Table times() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < rounds.size(); i++) {
      List<Moments.Turn> turns = rounds.get(i).turns();
      rows.add(row("round " + (i + 1), Sequence.of(turns).each(), seconds(rounds.get(i))));
    }
    rows.add(row("all rounds", all().each(), ""));
    rows.add(row("until admitted", all().handOver(), ""));
    rows.add(row("from then on", all().own(), ""));
    String verdict = meetsBar() ? "met" : "MISSED";
    return new Table(
        "Overhead of a machine in sequence, " + agents + " machines, one at a time",
        List.of("ms", "min", "median", "p90", "max", "whole rollout, s"),
        rows,
        List.of(
            String.format(Locale.ROOT, "median of all, at most %.0f ms: %s", BAR_MILLIS, verdict)));
  }

  private static List<String> row(String name, List<Long> nanos, String total) {
    Figures f = Figures.ofNanos(nanos);
    return List.of(name, one(f.min()), one(f.median()), one(f.p90()), one(f.max()), total);
  }

  private static String seconds(BenchFleet.Round round) {
    return String.format(Locale.ROOT, "%.2f", totalMillis(round) / 1e3);
  }

  private static double totalMillis(BenchFleet.Round round) {
    return (round.turns().getLast().finishedNanos() - round.releasedNanos()) / 1e6;
  }

  private Table costs() {
    List<List<String>> rows = new ArrayList<>();
    Map<String, Double> costs = costsEach();
    costs.forEach((name, value) -> rows.add(List.of(name, one(value))));
    return new Table("Cost per machine", List.of("", ""), rows, List.of(disk()));
  }

  private String disk() {
    return safe
        ? String.format(
            Locale.ROOT,
            "etcd waited for its disk %d times, %.2f ms each",
            disks().syncs(),
            disks().millisEach())
        : "etcd did not wait for its disk";
  }

  private Map<String, Double> costsEach() {
    Traffic.Count sum =
        rounds.stream()
            .map(BenchFleet.Round::traffic)
            .reduce(new Traffic.Count(0, 0, 0), Traffic.Count::plus);
    double turns = (double) agents * rounds.size();
    Map<String, Double> costs = new LinkedHashMap<>();
    costs.put("coordinator reads", sum.reads() / turns);
    costs.put("coordinator transactions", sum.transactions() / turns);
    costs.put("watch events", sum.events() / turns);
    costs.put("etcd disk syncs", disks().syncs() / turns);
    costs.put("platform threads", (double) (after.threads() - before.threads()) / agents);
    costs.put("heap, MiB", (after.heapBytes() - before.heapBytes()) / MEBIBYTE / agents);
    return costs;
  }

  private Etcd.Disk disks() {
    return rounds.stream()
        .map(BenchFleet.Round::disk)
        .reduce(
            new Etcd.Disk(0, 0),
            (a, b) -> new Etcd.Disk(a.syncs() + b.syncs(), a.seconds() + b.seconds()));
  }

  /** The same for programs. */
  Map<String, Object> json(Map<String, String> machine) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine);
    json.put("agents", agents);
    json.put("fsync", safe);
    json.put("rounds", rounds.stream().map(RolloutReport::json).toList());
    json.put("overheadMillis", json(all().each()));
    json.put("untilAdmittedMillis", json(all().handOver()));
    json.put("admittedMillis", json(all().own()));
    json.put("perMachine", costsEach());
    json.put("fsyncMillis", disks().millisEach());
    json.put("barMillis", BAR_MILLIS);
    json.put("meetsBar", meetsBar());
    return json;
  }

  private static Map<String, Object> json(BenchFleet.Round round) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("overheadMillis", json(Sequence.of(round.turns()).each()));
    json.put("totalMillis", totalMillis(round));
    return json;
  }

  private static Map<String, Object> json(List<Long> nanos) {
    Figures f = Figures.ofNanos(nanos);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("min", f.min());
    json.put("median", f.median());
    json.put("p90", f.p90());
    json.put("max", f.max());
    return json;
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
