package gantry.engine;

import gantry.api.container.Image;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.store.Drain;
import java.util.List;
import java.util.Optional;

/**
 * What an update of a component would do, were it asked for now.
 *
 * @param number of the revision that it would make
 * @param machines by name; each goes its way when it has a slot
 * @param differences against each revision that runs now, the oldest first
 */
public record Forecast(
    ComponentSpec spec,
    Image image,
    long number,
    List<MachineForecast> machines,
    List<Against> differences) {
  /** Copies the lists. */
  public Forecast {
    machines = List.copyOf(machines);
    differences = List.copyOf(differences);
  }

  /**
   * What a machine would do.
   *
   * @param revision that it runs now; 0 for none
   * @param does what would happen there
   * @param why the reason
   * @param drain the connections on the container that would be replaced, as the machine last said;
   *     empty for none
   */
  public record MachineForecast(
      String machine, long revision, String does, String why, Optional<Drain> drain) {}

  /**
   * What is different from a revision that runs.
   *
   * @param fields empty when nothing is
   */
  public record Against(long revision, List<Difference> fields) {
    /** Copies the fields. */
    public Against {
      fields = List.copyOf(fields);
    }
  }
}
