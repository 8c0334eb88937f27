package gantry.bench.deploy;

import gantry.bench.report.ResultFolder;
import gantry.bench.report.Table;
import gantry.bench.run.Machine;
import gantry.proxy.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The files that a run leaves.
 *
 * @param switched what clients saw of switches, by contender
 * @param killed what clients saw of killed backends, by contender
 */
record DeployReport(
    Machine machine,
    int switches,
    int kills,
    Map<String, List<Ledger>> switched,
    Map<String, List<KillRun.KillOutcome>> killed) {
  void write(ResultFolder folder) {
    folder.write("results.json", Json.write(json()) + "\n");
    folder.write("results.md", markdown());
  }

  List<Table> tables() {
    return List.of(DeployTables.switches(switched, switches), DeployTables.kills(killed, kills));
  }

  /** Whether Gantry lost nothing that it could have kept. */
  boolean gantryLostNothing() {
    boolean switchesHeld =
        switched.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("gantry-"))
            .flatMap(entry -> entry.getValue().stream())
            .allMatch(ledger -> ledger.lost() == 0);
    boolean killsHeld =
        killed.values().stream().flatMap(List::stream).allMatch(outcome -> outcome.innocent() == 0);
    return switchesHeld && killsHeld;
  }

  private String markdown() {
    String facts =
        machine.facts().entrySet().stream()
            .map(fact -> "- " + fact.getKey() + ": " + fact.getValue())
            .collect(Collectors.joining("\n"));
    return tables().stream()
        .map(Table::toMarkdown)
        .collect(Collectors.joining("\n", facts + "\n\n", ""));
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine.facts());
    json.put("switches", switches);
    json.put("kills", kills);
    json.put("switched", byContender(switched, DeployReport::json));
    json.put("killed", byContender(killed, DeployReport::json));
    return json;
  }

  private static <T> Map<String, Object> byContender(
      Map<String, List<T>> seen, Function<T, Map<String, Object>> form) {
    Map<String, Object> json = new LinkedHashMap<>();
    seen.forEach((contender, list) -> json.put(contender, list.stream().map(form).toList()));
    return json;
  }

  private static Map<String, Object> json(Ledger ledger) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("clients", ledger.name());
    json.put("requests", ledger.requests());
    for (Loss loss : Loss.values()) {
      json.put(DeployTables.label(loss), ledger.count(loss));
    }
    json.put("closedBetweenRequests", ledger.closedBetweenRequests());
    json.put("slowestMillis", ledger.longest().toMillis());
    json.put("messages", ledger.messages());
    return json;
  }

  private static Map<String, Object> json(KillRun.KillOutcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("clients", outcome.name());
    json.put("requests", outcome.requests());
    json.put("lostReadByBackend", outcome.reached());
    json.put("lostUnderWay", outcome.underWay());
    json.put("lostBegunLater", outcome.innocent());
    json.put("messages", outcome.messages());
    return json;
  }
}
