package gantry.api.check;

/** What a check found. */
public sealed interface Verdict {
  /** The check holds. */
  record Healthy() implements Verdict {}

  /**
   * The check does not hold.
   *
   * @param reason what was seen against what was expected, in one line without a full stop: {@code
   *     HTTP 503 from http://172.17.0.5:8888/, expected 200}
   */
  record Unhealthy(String reason) implements Verdict {}

  /** The check holds. */
  static Verdict healthy() {
    return new Healthy();
  }

  /** The check does not hold, for this reason. */
  static Verdict unhealthy(String reason) {
    return new Unhealthy(reason);
  }
}
