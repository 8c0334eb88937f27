package gantry.proxy.traffic.desync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one server splits the bytes of a connection into requests.
 *
 * @param requests whose heads were complete, in order
 * @param leftover whether bytes follow that are no request, or only the beginning of one
 * @param refusal why the server would read no further; only a strict one refuses
 */
record Reading(List<Request> requests, boolean leftover, @Nullable String refusal) {
  /**
   * One request.
   *
   * @param complete whether its body has arrived in full
   */
  record Request(String method, String target, boolean complete, boolean expectsContinue) {}

  List<String> targets() {
    return requests.stream().map(Request::target).toList();
  }

  /** Whether the other server would see as many requests, and as much of a further one. */
  boolean agreesWith(Reading other) {
    return requests.size() == other.requests.size() && leftover == other.leftover;
  }

  @Override
  public String toString() {
    return targets()
        + (leftover ? " and leftover bytes" : "")
        + (refusal == null ? "" : " refused: " + refusal);
  }
}
