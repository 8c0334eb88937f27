package gantry.cli.demo;

import gantry.cli.demo.Figures.BadRelease;
import gantry.cli.demo.Figures.MachineFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures, for people and for programs. */
final class ClosingTable {
  private static final String ROW = "%-8s %-16s %-12s %-28s %s";

  private final Stage stage;
  private final Paint paint;

  ClosingTable(Stage stage, Paint paint) {
    this.stage = stage;
    this.paint = paint;
  }

  void print() {
    Story story = stage.story();
    Tally.Counts counts = stage.tally().counts();
    String failed = counts.failed() + " failed";
    story.line("");
    story.line(
        String.format(Locale.ROOT, "%,d requests sent, ", counts.sent())
            + (counts.failed() == 0 ? paint.good(failed) : paint.bad(failed))
            + ", slowest answer "
            + counts.slowest().toMillis()
            + " ms");
    story.line("");
    machines();
    stage.figures().badRelease().ifPresent(this::badRelease);
    story.line("");
    promises();
  }

  private void machines() {
    Story story = stage.story();
    story.line(
        ROW.formatted(
            "MACHINE", "ADDRESS", "v1 to v2", "OLD CONTAINER HELD FOR", "STOPPED AFTER ITS END"));
    stage
        .figures()
        .machines()
        .forEach(
            (site, f) ->
                story.line(
                    ROW.formatted(
                        site.machine(),
                        site,
                        Story.words(f.update()),
                        Story.words(f.held()) + " by 1 connection",
                        Story.words(f.stopped()))));
  }

  private void badRelease(BadRelease release) {
    stage
        .story()
        .line(
            String.format(
                Locale.ROOT,
                "%nv3: %s on machine %s after %s; %,d requests answered by v2 meanwhile",
                release.status(),
                release.machine(),
                Story.words(release.took()),
                release.requests()));
  }

  private void promises() {
    List<String> broken = stage.figures().broken();
    if (broken.isEmpty()) {
      stage.story().line(paint.good("Every promise held."));
    }
    broken.forEach(what -> stage.story().line(paint.bad("BROKEN: ") + what));
  }

  Map<String, Object> json() {
    Tally.Counts counts = stage.tally().counts();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seconds", Story.seconds(stage.story().elapsed()));
    json.put("requests", counts.sent());
    json.put("failed", counts.failed());
    json.put("slowestMillis", counts.slowest().toMillis());
    List<Object> machines = new ArrayList<>();
    stage.figures().machines().forEach((site, f) -> machines.add(json(site, f)));
    json.put("machines", machines);
    stage.figures().badRelease().ifPresent(release -> json.put("badRelease", json(release)));
    json.put("broken", stage.figures().broken());
    return json;
  }

  private static Map<String, Object> json(Site site, MachineFigures figures) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", site.machine());
    json.put("address", site.toString());
    json.put("updateSeconds", Story.seconds(figures.update()));
    json.put("heldSeconds", Story.seconds(figures.held()));
    json.put("stoppedAfterSeconds", Story.seconds(figures.stopped()));
    return json;
  }

  private static Map<String, Object> json(BadRelease release) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", release.machine());
    json.put("status", release.status());
    json.put("seconds", Story.seconds(release.took()));
    json.put("requests", release.requests());
    return json;
  }
}
