package gantry.proxy.traffic.desync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The table of families and contenders, and every remarkable case below it. */
final class Summary {
  private static final Path FILE = Path.of("target", "desync.md");

  private Summary() {}

  /** Prints it and writes it to {@code target/desync.md}; returns the text. */
  static String write(Map<String, List<Verdict>> trials) throws IOException {
    StringBuilder text = new StringBuilder("| family | cases | ");
    text.append(String.join(" | ", trials.keySet())).append(" |\n|---|---|");
    text.append("---|".repeat(trials.size())).append('\n');
    List<Verdict> any = trials.values().iterator().next();
    any.stream()
        .map(verdict -> verdict.sent().family())
        .distinct()
        .forEach(family -> row(text, family, trials, v -> v.sent().family().equals(family)));
    row(text, "all", trials, verdict -> true);
    trials.forEach((contender, verdicts) -> remarkable(text, contender, verdicts));
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, text);
    System.out.println(text);
    return text.toString();
  }

  private static void row(
      StringBuilder text,
      String label,
      Map<String, List<Verdict>> trials,
      Predicate<Verdict> which) {
    long cases = trials.values().iterator().next().stream().filter(which).count();
    text.append("| ").append(label).append(" | ").append(cases).append(" |");
    trials
        .values()
        .forEach(
            v -> text.append(' ').append(counts(v.stream().filter(which).toList())).append(" |"));
    text.append('\n');
  }

  private static String counts(List<Verdict> verdicts) {
    return Arrays.stream(Outcome.values())
        .map(outcome -> Map.entry(outcome, count(verdicts, outcome)))
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static long count(List<Verdict> verdicts, Outcome outcome) {
    return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
  }

  private static void remarkable(StringBuilder text, String contender, List<Verdict> verdicts) {
    text.append("\n").append(contender).append(":\n\n");
    verdicts.stream()
        .filter(v -> v.outcome().compareTo(Outcome.REFUSED) > 0)
        .forEach(verdict -> text.append("    ").append(printable(verdict)).append('\n'));
  }

  private static String printable(Verdict verdict) {
    return verdict.toString().replaceAll("[^ -~]", "?");
  }
}
