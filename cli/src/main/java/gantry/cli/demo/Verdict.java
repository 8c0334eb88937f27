package gantry.cli.demo;

import java.util.List;

/** Judges what clients saw over the whole demo. */
final class Verdict {
  private Verdict() {}

  static void judge(Stage stage, List<Site> sites) {
    Figures figures = stage.figures();
    Tally.Counts counts = stage.tally().counts();
    figures.promise(
        counts.failed() == 0,
        "%d of %d requests failed, the first ones:%n  %s"
            .formatted(counts.failed(), counts.sent(), String.join("\n  ", counts.failures())));
    for (Site site : sites) {
      long strays = stage.serving().strays(site);
      figures.promise(
          strays == 0,
          "machine %s: %d new connections reached the old container after the switch"
              .formatted(site.machine(), strays));
      List<Integer> releases = stage.serving().servers(site).stream().map(Server::release).toList();
      figures.promise(
          releases.equals(List.of(1, 2)),
          "machine %s: expected one container of v1, then one of v2, but these answered: %s"
              .formatted(site.machine(), stage.serving().servers(site)));
    }
  }
}
