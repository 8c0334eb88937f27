package gantry.proxy.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One backend's open connections.
 *
 * @param oldest age of the oldest; zero when there is none
 * @param draining for how long no new connection has been given to it; empty for one that gets
 *     them, and when a process of an older version does not say
 * @param idle since the last byte of any of them; empty when there is none, for a backend that gets
 *     new ones, and when a process of an older version does not say
 * @param connectFailures how often this process could not connect to it since it was last made one
 *     that gets new connections; 0 when a process of an older version does not say
 */
public record WireBackendStatus(
    String owner,
    String id,
    long connections,
    Duration oldest,
    Optional<Duration> draining,
    Optional<Duration> idle,
    long connectFailures) {
  /** Names it among all backends. */
  List<String> key() {
    return List.of(owner, id);
  }

  /** Adds what another process says of the same backend. */
  WireBackendStatus plus(WireBackendStatus other) {
    Duration older = oldest.compareTo(other.oldest) > 0 ? oldest : other.oldest;
    return new WireBackendStatus(
        owner,
        id,
        connections + other.connections,
        older,
        both(draining, other, other.draining),
        both(idle, other, other.idle),
        connectFailures);
  }

  /**
   * The shorter of two times, so that nobody waits too short. Who has no connection is not asked;
   * what one with connections does not know is not known.
   */
  private Optional<Duration> both(
      Optional<Duration> mine, WireBackendStatus other, Optional<Duration> theirs) {
    if (connections == 0) {
      return theirs;
    }
    if (other.connections == 0) {
      return mine;
    }
    return mine.flatMap(a -> theirs.map(b -> a.compareTo(b) < 0 ? a : b));
  }

  /** Reads backends out of an answer's field {@code backends}. */
  public static List<WireBackendStatus> listFrom(WireFields answer) throws WireException {
    List<WireBackendStatus> backends = new ArrayList<>();
    for (WireFields fields : answer.objects("backends", WireStatus.MANY)) {
      backends.add(
          new WireBackendStatus(
              fields.text("owner"),
              fields.text("id"),
              fields.number("connections", 0, Long.MAX_VALUE),
              Duration.ofMillis(fields.number("oldestMillis", 0, Long.MAX_VALUE)),
              millis(fields, "drainingMillis"),
              millis(fields, "idleMillis"),
              failures(fields)));
    }
    return backends;
  }

  private static long failures(WireFields fields) throws WireException {
    return fields.has("connectFailures") ? fields.number("connectFailures", 0, Long.MAX_VALUE) : 0;
  }

  private static Optional<Duration> millis(WireFields fields, String name) throws WireException {
    return fields.has(name)
        ? Optional.of(Duration.ofMillis(fields.number(name, 0, Long.MAX_VALUE)))
        : Optional.empty();
  }

  /** Backends as they travel. */
  public static List<Map<String, Object>> toJson(List<WireBackendStatus> backends) {
    return backends.stream().map(WireBackendStatus::toJson).toList();
  }

  private Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("owner", owner);
    json.put("id", id);
    json.put("connections", connections);
    json.put("oldestMillis", oldest.toMillis());
    draining.ifPresent(time -> json.put("drainingMillis", time.toMillis()));
    idle.ifPresent(time -> json.put("idleMillis", time.toMillis()));
    if (connectFailures > 0) {
      json.put("connectFailures", connectFailures);
    }
    return json;
  }
}
