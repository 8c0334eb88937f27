package gantry.engine.plan;

/**
 * This process's session with the coordinator.
 *
 * @param held whether its lease is certain to hold for a while
 */
public record Lease(String session, boolean held) {
  /** No session. */
  public static final Lease NONE = new Lease("", false);
}
