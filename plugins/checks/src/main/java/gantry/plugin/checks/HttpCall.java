package gantry.plugin.checks;

import gantry.api.check.CheckTarget;
import gantry.api.check.Verdict;
import java.time.Duration;

/**
 * A request and which answers are good.
 *
 * @param lowest lowest status that is good
 * @param highest highest status that is good
 */
record HttpCall(String method, HttpAddress address, int lowest, int highest) {
  /** Downloads a page that must come with one status. */
  static HttpCall get(HttpAddress address, int expected) {
    return new HttpCall("GET", address, expected, expected);
  }

  /** Posts nothing to a page; every status of success is good. */
  static HttpCall post(HttpAddress address) {
    return new HttpCall("POST", address, 200, 299);
  }

  /** Makes the request and judges the answer. */
  Verdict run(CheckTarget target, Duration timeout) {
    return new HttpExchange(this, target.endpoint(address.port())).run(timeout);
  }

  boolean accepts(int status) {
    return status >= lowest && status <= highest;
  }

  /** The good answers, for a message. */
  String expected() {
    return lowest == highest ? Integer.toString(lowest) : lowest + " to " + highest;
  }
}
