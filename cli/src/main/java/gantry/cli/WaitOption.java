package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.Project;
import gantry.engine.RolloutWatch;
import gantry.engine.RolloutWatch.Progress;
import gantry.engine.store.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
  void await(Project found, String project, List<Revision> revisions, Consumer<String> say)
      throws InterruptedException {
    if (!wait) {
      return;
    }
    RolloutNarrator narrator = new RolloutNarrator(say);
    RolloutWatch.End end =
        found
            .watch(revisions)
            .await(
                Optional.ofNullable(timeout),
                progress -> {
                  last = new ArrayList<>(progress);
                  narrator.tell(progress);
                });
    switch (end) {
      case DONE -> {}
      case FAILED -> throw failure(project);
      case TIMED_OUT ->
          throw new GantryException(
              ErrorCode.TIMED_OUT,
              "the update was not through all machines in time; it goes on without this command",
              "gantryd list " + project + " --machines",
              null);
    }
  }

  private GantryException failure(String project) {
    return last.stream()
        .filter(progress -> progress.alert().isPresent())
        .findFirst()
        .map(progress -> FailureReport.fleet(project, progress))
        .orElseGet(
            () ->
                new GantryException(
                    ErrorCode.ROLLOUT_FAILED,
                    "the update was replaced by a later one while this command waited for it"));
  }
}
