package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.Project;
import gantry.engine.RolloutWatch;
import gantry.engine.RolloutWatch.Progress;
import gantry.engine.store.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a command waits until all machines have taken what it asked for. */
final class WaitOption {
  @Option(names = "--wait", description = "Wait until all machines have taken it, or one failed.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "With --wait: give up waiting after this time, such as 90s, 10m or 1h.")
  @Nullable Duration timeout;

  private List<Progress> last = List.of();

  /**
   * Waits if that was asked for.
   *
   * @throws GantryException it failed, was replaced, or the time is over
   */
  void await(ProjectCommand command, Project found, List<Revision> revisions)
      throws InterruptedException {
    if (!wait) {
      return;
    }
    String project = command.project;
    switch (follow(command, found.watch(revisions))) {
      case DONE -> {}
      case FAILED -> throw failure(project);
      case TIMED_OUT ->
          throw new GantryException(
              ErrorCode.TIMED_OUT,
              "the update was not through all machines in time; it goes on without this command",
              "gantryd status " + project + " --watch",
              null);
    }
  }

  /** Programs that ask for JSON get one document, at the end. */
  private RolloutWatch.End follow(ProjectCommand command, RolloutWatch watch)
      throws InterruptedException {
    Optional<Duration> limit = Optional.ofNullable(timeout);
    if (command.options.json()) {
      return watch.await(limit, progress -> last = progress);
    }
    try (RolloutDisplay display = RolloutDisplay.on(command.out())) {
      return watch.await(
          limit,
          progress -> {
            last = progress;
            display.progress(progress);
          });
    }
  }

  private GantryException failure(String project) {
    return last.stream()
        .filter(progress -> progress.alert().isPresent())
        .findFirst()
        .map(p -> FailureReport.fleet(project, p.status(), p.alert().orElseThrow(), p.replaced()))
        .orElseGet(
            () ->
                new GantryException(
                    ErrorCode.ROLLOUT_FAILED,
                    "the update was replaced by a later one while this command waited for it"));
  }
}
