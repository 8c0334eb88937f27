package gantry.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured, filled while the demo goes on. */
final class Figures {
  private final Map<Site, MachineFigures> machines = new LinkedHashMap<>();
  private final List<String> broken = new ArrayList<>();
  private Optional<BadRelease> badRelease = Optional.empty();

  /**
   * One machine's live update.
   *
   * @param update from its admission until it said that it runs the new release
   * @param held how long the long connection kept its old container after the switch
   * @param stopped from the end of that connection until the old container's process was gone
   */
  record MachineFigures(Duration update, Duration held, Duration stopped) {}

  /**
   * The release that fails.
   *
   * @param machine the one that tried it
   * @param requests answered meanwhile
   */
  record BadRelease(String machine, String status, Duration took, long requests) {}

  void machine(Site site, MachineFigures figures) {
    machines.put(site, figures);
  }

  void badRelease(BadRelease release) {
    badRelease = Optional.of(release);
  }

  /** A promise, and what to say when it does not hold. */
  void promise(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  Map<Site, MachineFigures> machines() {
    return machines;
  }

  Optional<BadRelease> badRelease() {
    return badRelease;
  }

  List<String> broken() {
    return broken;
  }
}
