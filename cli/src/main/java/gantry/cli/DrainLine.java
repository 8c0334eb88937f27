package gantry.cli;

import gantry.engine.ContainerLine;
import gantry.engine.store.Drain;
import java.time.Duration;
import java.util.Optional;

/** How a draining container is told: {@code container 4ae7, revision 6: 3 connections, ...}. */
final class DrainLine {
  private DrainLine() {}

  static String of(ContainerLine line) {
    boolean open = line.connections().orElse(0) > 0;
    return text(
        line.id().brief(),
        line.revision(),
        line.connections().isEmpty()
            ? "connections unknown"
            : RolloutDrawing.connections(line.connections().getAsLong()),
        open ? Optional.of(line.oldest()) : Optional.empty(),
        line.draining());
  }

  static String of(Drain drain) {
    return text(
        drain.container(),
        drain.revision(),
        RolloutDrawing.connections(drain.connections()),
        Optional.of(Duration.ofSeconds(drain.oldestSeconds())),
        Optional.of(Duration.ofSeconds(drain.drainingSeconds())));
  }

  private static String text(
      String container,
      long revision,
      String open,
      Optional<Duration> oldest,
      Optional<Duration> draining) {
    return "container %s, revision %d: %s%s%s"
        .formatted(
            container,
            revision,
            open,
            oldest.map(age -> ", the oldest " + Ages.words(age)).orElse(""),
            draining.map(time -> ", for " + Ages.words(time)).orElse(""));
  }
}
