package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.Project;
import gantry.engine.RolloutWatch;
import gantry.engine.RolloutWatch.Progress;
import gantry.engine.store.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets all machines take the newest images. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    description = {
      "Lets all machines take the newest images.",
      "Finds out what the components' tags stand for now, and lets all machines "
          + "take these images, one machine after the other. Also starts components that "
          + "were stopped or killed.",
    })
final class UpdateCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Option(names = "--wait", description = "Wait until all machines have taken it, or one failed.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "With --wait: give up waiting after this time, such as 90s, 10m or 1h.")
  @Nullable Duration timeout;

  private List<Progress> last = List.of();

  @Override
  int run(Project found) throws Exception {
    say("Updating the image IDs on components");
    List<Revision> revisions = found.update(components.distinct());
    for (Revision revision : revisions) {
      say("Component " + revision.spec().name() + " -> " + revision.image().briefId());
    }
    if (wait) {
      await(found, revisions);
    }
    if (options.json()) {
      JsonAnswer.print(out(), revisions.stream().map(UpdateCommand::json).toList());
    }
    return 0;
  }

  private void await(Project found, List<Revision> revisions) throws InterruptedException {
    RolloutNarrator narrator = new RolloutNarrator(this::say);
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
      case FAILED -> throw failure();
      case TIMED_OUT ->
          throw new GantryException(
              ErrorCode.TIMED_OUT,
              "the update was not through all machines in time; it goes on without this command",
              "gantryd list " + project + " --machines",
              null);
    }
  }

  private GantryException failure() {
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

  private static Map<String, Object> json(Revision revision) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("component", revision.spec().name());
    json.put("revision", revision.number());
    json.put("image", revision.image().reference());
    json.put("imageId", revision.image().id());
    json.put("digest", revision.image().digest().orElse(""));
    return json;
  }
}
