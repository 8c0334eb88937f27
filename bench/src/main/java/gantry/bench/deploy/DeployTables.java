package gantry.bench.deploy;

import gantry.bench.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows what the clients saw. */
final class DeployTables {
  private DeployTables() {}

  /** One line per contender and kind of client. */
  static Table switches(Map<String, List<Ledger>> seen, int switches) {
    List<String> header = new ArrayList<>(List.of("contender, clients", "requests"));
    Arrays.stream(Loss.values()).map(DeployTables::label).forEach(header::add);
    header.add("lost in all");
    header.add("per switch");
    header.add("slowest");
    List<List<String>> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    seen.forEach(
        (contender, ledgers) -> {
          for (Ledger ledger : ledgers) {
            rows.add(row(contender, ledger, switches));
            ledger.messages().forEach(text -> notes.add(note(contender, ledger.name(), text)));
          }
        });
    return new Table("Lost in " + switches + " switches under load", header, rows, notes);
  }

  /** One line per transport of Gantry and kind of client. */
  static Table kills(Map<String, List<KillRun.KillOutcome>> seen, int kills) {
    List<String> header =
        List.of(
            "contender, clients",
            "requests",
            "lost, read by the killed backend",
            "lost, under way to it",
            "lost, begun later");
    List<List<String>> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    seen.forEach(
        (contender, outcomes) -> {
          for (KillRun.KillOutcome outcome : outcomes) {
            rows.add(row(contender, outcome));
            outcome.messages().forEach(text -> notes.add(note(contender, outcome.name(), text)));
          }
        });
    return new Table(
        "Lost when one of two backends was killed, " + kills + " times", header, rows, notes);
  }

  private static List<String> row(String contender, Ledger ledger, int switches) {
    List<String> row = new ArrayList<>(List.of(contender + ": " + ledger.name()));
    row.add(number(ledger.requests()));
    for (Loss loss : Loss.values()) {
      row.add(number(ledger.count(loss)));
    }
    row.add(number(ledger.lost()));
    row.add(String.format(Locale.ROOT, "%.2f", (double) ledger.lost() / switches));
    row.add(number(ledger.longest().toMillis()) + " ms");
    return row;
  }

  private static List<String> row(String contender, KillRun.KillOutcome outcome) {
    return List.of(
        contender + ": " + outcome.name(),
        number(outcome.requests()),
        number(outcome.reached()),
        number(outcome.underWay()),
        number(outcome.innocent()));
  }

  private static String note(String contender, String clients, String message) {
    return contender + ": " + clients + ": " + message;
  }

  static String label(Loss loss) {
    return loss.name().toLowerCase(Locale.ROOT);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
