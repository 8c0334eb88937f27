package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.Project;
import gantry.engine.store.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Goes back to an earlier revision. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = {
      "Goes back to an earlier revision: its configuration and its image, under a new number.",
      "Machines that still have its container, because it drains or is kept "
          + "(update.keepPrevious), lead traffic to it again at once and start nothing. The "
          + "others start it one after the other. Connections stay where they are.",
    },
    footer = {
      "",
      "Examples:",
      "  gantryd rollback shop -c web          back to the last revision that has succeeded",
      "  gantryd rollback shop -c web --to 12  back to what revision 12 was",
    })
final class RollbackCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Option(
      names = "--to",
      paramLabel = "N",
      description =
          "The revision to go back to; without it the newest one that has succeeded on some"
              + " machine and is something else.")
  @Nullable Long to;

  @Mixin WaitOption waiting = new WaitOption();

  @Override
  int run(Project found) throws Exception {
    List<String> names = components.distinct();
    if (to != null && names.size() > 1) {
      throw new GantryException(
          ErrorCode.USAGE,
          "--to is a number of one component, but " + names.size() + " were named",
          "gantryd rollback " + project + " -c " + names.getFirst() + " --to " + to,
          null);
    }
    OptionalLong target = to == null ? OptionalLong.empty() : OptionalLong.of(to);
    List<Revision> revisions = new ArrayList<>();
    for (String name : names) {
      Revision revision = found.rollback(name, target);
      revisions.add(revision);
      say(
          "Component %s: back to revision %d (%s), as revision %d"
              .formatted(
                  name, revision.content(), revision.image().reference(), revision.number()));
    }
    waiting.await(this, found, revisions);
    if (options.json()) {
      JsonAnswer.print(out(), revisions.stream().map(RollbackCommand::json).toList());
    }
    return 0;
  }

  private static Map<String, Object> json(Revision revision) {
    Map<String, Object> json = new LinkedHashMap<>(UpdateCommand.json(revision));
    json.put("restores", revision.restores());
    return json;
  }
}
