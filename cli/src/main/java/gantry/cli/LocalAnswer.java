package gantry.cli;

import gantry.engine.ContainerLine;
import gantry.engine.Machine;
import gantry.engine.Machine.Updated;
import gantry.engine.store.Revision;
import java.util.LinkedHashMap;
import java.util.Map;

/** The end of a local update or start. */
final class LocalAnswer {
  private final LocalCommand command;
  private final Machine machine;

  LocalAnswer(LocalCommand command, Machine machine) {
    this.command = command;
    this.machine = machine;
  }

  int updated(Updated updated) {
    return switch (updated) {
      case Updated.Serving serving -> serving(serving);
      case Updated.Failed failed -> throw FailureReport.local(failed);
    };
  }

  int running(ContainerLine line, int draining) {
    return running(line.revision(), line.imageId(), draining);
  }

  private int serving(Updated.Serving serving) {
    Revision revision = serving.revision();
    return running(revision.number(), revision.image().id(), serving.draining());
  }

  /** Whoever watched the draining ones before may have died, and a second watcher does no harm. */
  private int running(long revision, String imageId, int draining) {
    if (draining > 0) {
      DrainWatcher.leaveBehind(command, machine);
    }
    if (command.options.json()) {
      json(revision, imageId, draining);
    }
    return 0;
  }

  private void json(long revision, String imageId, int draining) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("component", command.component);
    answer.put("status", "ready");
    answer.put("revision", revision);
    answer.put("imageId", imageId);
    answer.put("draining", draining);
    JsonAnswer.print(command.out(), answer);
  }
}
