package gantry.cli;

import gantry.engine.Project;
import gantry.engine.store.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Mixin WaitOption waiting = new WaitOption();

  @Option(
      names = "--dry-run",
      description = "Only say what it would do, as gantryd plan does; change nothing.")
  boolean dryRun;

  @Option(
      names = "--machines",
      split = ",",
      paramLabel = "MACHINE",
      description = {
        "Only these machines may take the new revisions, with commas between, until",
        "gantryd promote lets the others follow (a canary).",
      })
  List<String> machines = List.of();

  @Override
  int run(Project found) throws Exception {
    if (dryRun) {
      new PlanAnswer(out()).print(found.plan(components.distinct()), options.json());
      return 0;
    }
    say("Updating the image IDs on components");
    List<Revision> revisions = found.update(components.distinct(), machines);
    for (Revision revision : revisions) {
      say("Component " + revision.spec().name() + " -> " + revision.image().briefId());
    }
    waiting.await(this, found, revisions);
    if (options.json()) {
      JsonAnswer.print(out(), revisions.stream().map(UpdateCommand::json).toList());
    }
    return 0;
  }

  static Map<String, Object> json(Revision revision) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("component", revision.spec().name());
    json.put("revision", revision.number());
    json.put("image", revision.image().reference());
    json.put("imageId", revision.image().id());
    json.put("digest", revision.image().digest().orElse(""));
    return json;
  }
}
