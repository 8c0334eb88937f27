package gantry.plugin.driver.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The environment of a container's processes: a few variables of whoever starts it, the container's
 * own, and its ports. Everything else, credentials of the agent first of all, stays outside.
 */
final class ProcessEnvironment {
  /** Marks every process of a container with its id. Set by {@code supervise.sh} and for exec. */
  static final String CONTAINER = "GANTRY_CONTAINER";

  private static final String PATH = "PATH";
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final List<String> INHERITED =
      List.of(PATH, "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME", "GANTRY_JAVA");

  private ProcessEnvironment() {}

  /** What the process itself sees. */
  static Map<String, String> of(ContainerRecord record) {
    Map<String, String> all = inherited();
    all.putAll(record.environment());
    record.ports().stream()
        .sorted()
        .findFirst()
        .ifPresent(first -> all.put("PORT", port(record, first)));
    record.ports().forEach(port -> all.put("PORT_" + port, port(record, port)));
    return all;
  }

  /** The same for the shell that looks after it, which must find its own tools. */
  static Map<String, String> forSupervisor(ContainerRecord record) {
    Map<String, String> all = of(record);
    all.put(PATH, Objects.requireNonNull(inherited().get(PATH)));
    return all;
  }

  static String path(ContainerRecord record) {
    return Objects.requireNonNull(of(record).get(PATH));
  }

  private static String port(ContainerRecord record, int port) {
    return String.valueOf(record.processPorts().get(port));
  }

  private static Map<String, String> inherited() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(PATH, DEFAULT_PATH);
    for (String name : INHERITED) {
      String value = System.getenv(name);
      if (value != null) {
        all.put(name, value);
      }
    }
    return all;
  }
}
