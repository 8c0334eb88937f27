package gantry.cli.demo;

import gantry.cli.demo.Figures.BadRelease;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Act 3: v3 never becomes ready. */
final class BadUpdate {
  private static final int ROLLOUT_FAILED = 5;
  private static final String ADMITTED = "updating to revision 3";

  private final Stage stage;
  private final List<Site> sites;

  BadUpdate(Stage stage, List<Site> sites) {
    this.stage = stage;
    this.sites = sites;
  }

  void play() throws IOException, InterruptedException, BrokenPromiseException {
    stage.story().chapter("Try v3, which is broken: it answers 503 to its ready check");
    long before = stage.tally().counts().answered();
    long start = stage.clock().monotonicNanos();
    Shell.Answer update =
        stage.shell().attempt("cp sample/v3/* web/; gantryd update shop -c web --wait");
    Duration took = stage.clock().since(start);
    Shell.Answer list = stage.shell().run("gantryd list shop");
    List<String> tried =
        sites.stream()
            .filter(site -> stage.agent(site).saidAtNanos(ADMITTED).isPresent())
            .map(Site::machine)
            .toList();
    long served = stage.tally().counts().answered() - before;
    String status = list.text().contains("updatefail") ? "updatefail" : "?";
    stage.figures().badRelease(new BadRelease(String.join(", ", tried), status, took, served));
    judge(update, list, tried);
  }

  private void judge(Shell.Answer update, Shell.Answer list, List<String> tried) {
    Figures figures = stage.figures();
    figures.promise(
        update.exitCode() == ROLLOUT_FAILED,
        "'gantryd update --wait' of v3 ended with code " + update.exitCode() + ", expected 5");
    figures.promise(
        update.text().contains("database is unreachable"),
        "the failure of v3 was told without the container's log");
    figures.promise(
        list.text().contains("updatefail"),
        "gantryd list does not show updatefail: " + list.text());
    figures.promise(
        tried.size() == 1, "one machine was to try v3, these did: " + String.join(", ", tried));
  }
}
