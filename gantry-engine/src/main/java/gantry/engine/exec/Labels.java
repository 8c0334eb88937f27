package gantry.engine.exec;

import gantry.api.container.ContainerStatus;
import gantry.engine.store.ComponentKey;
import java.util.Map;

/** The labels by which containers are known to be ours, whatever happens to the state folder. */
public final class Labels {
  private static final String PROJECT = "gantry.project";
  private static final String COMPONENT = "gantry.component";
  private static final String MACHINE = "gantry.machine";
  private static final String REVISION = "gantry.revision";

  private Labels() {}

  /** What all containers of a component on a machine carry. */
  public static Map<String, String> of(ComponentKey key, String machine) {
    return Map.of(PROJECT, key.project(), COMPONENT, key.component(), MACHINE, machine);
  }

  /** What one container carries. */
  static Map<String, String> of(ComponentKey key, String machine, long revision) {
    return Map.of(
        PROJECT,
        key.project(),
        COMPONENT,
        key.component(),
        MACHINE,
        machine,
        REVISION,
        Long.toString(revision));
  }

  /** The revision that a container runs; 0 when its label is not a number. */
  public static long revision(ContainerStatus status) {
    String label = status.labels().getOrDefault(REVISION, "");
    return label.matches("[0-9]{1,18}") ? Long.parseLong(label) : 0;
  }

  /** The container's name: the same for the same revision, so that making it twice adopts it. */
  static String name(ComponentKey key, String machine, long revision) {
    return String.join("-", "gantry", key.project(), key.component(), machine, "r" + revision);
  }
}
