package gantry.proxy.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a proxy says of itself to clients of any version. Its fields are never renamed, and a client
 * ignores those that it does not know.
 *
 * @param protocols versions of the control protocol that it speaks
 * @param version of the program
 * @param pid its process id
 * @param transport the kernel interface that carries the traffic
 * @param loops its event loops
 * @param uptime since its start, to the millisecond
 * @param metrics where metrics are served
 * @param commands what it can be asked for
 */
public record WireHello(
    List<Integer> protocols,
    String version,
    long pid,
    String transport,
    int loops,
    Duration uptime,
    Optional<WireAddress> metrics,
    List<String> commands) {
  /** Copies the lists. */
  public WireHello {
    protocols = List.copyOf(protocols);
    commands = List.copyOf(commands);
  }

  /** Reads an answer to {@code hello}. */
  public static WireHello from(WireFields answer) throws WireException {
    return new WireHello(
        numbers(answer),
        answer.text("version"),
        answer.number("pid", 1, Long.MAX_VALUE),
        answer.text("transport"),
        (int) answer.number("loops", 1, Integer.MAX_VALUE),
        Duration.ofMillis(answer.number("uptimeMillis", 0, Long.MAX_VALUE)),
        answer.has("metrics")
            ? Optional.of(WireAddress.from(answer.object("metrics")))
            : Optional.empty(),
        answer.texts("commands"));
  }

  /** The form in which it travels. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("protocols", protocols);
    json.put("version", version);
    json.put("pid", pid);
    json.put("transport", transport);
    json.put("loops", loops);
    json.put("uptimeMillis", uptime.toMillis());
    metrics.ifPresent(address -> json.put("metrics", address.toJson()));
    json.put("commands", commands);
    return json;
  }

  private static List<Integer> numbers(WireFields answer) throws WireException {
    List<Integer> numbers = new ArrayList<>();
    if (!(answer.values().get("protocols") instanceof List<?> list)) {
      throw answer.wrong("protocols", "a list of numbers");
    }
    for (Object element : list) {
      if (!(element instanceof Long number)) {
        throw answer.wrong("protocols", "a list of numbers");
      }
      numbers.add(Math.toIntExact(number));
    }
    return numbers;
  }
}
