package gantry.engine.plan;

/**
 * What is known of the ready checks in one life of a container.
 *
 * @param sinceNanos when this process first saw that life
 * @param running whether an attempt is under way
 * @param passed whether all checks have held at once, ever
 * @param reason why the last attempt failed; empty before the first, and when it did not
 * @param nextNanos when to try again
 * @param failures how many attempts in a row have failed, up to the last
 */
public record Probe(
    long sinceNanos, boolean running, boolean passed, String reason, long nextNanos, int failures) {
  /** A life that is seen for the first time: nothing is known of its checks. */
  public static Probe seen(long nowNanos) {
    return new Probe(nowNanos, false, false, "", nowNanos, 0);
  }
}
