package gantry.engine.spec;

/** Components that differ from others in little. */
public final class Specs {
  private Specs() {}

  /** The same component, updated and drained in another way. */
  public static ComponentSpec with(ComponentSpec s, UpdateSpec update, DrainSpec drain) {
    return new ComponentSpec(
        s.name(),
        s.repo(),
        s.tag(),
        s.command(),
        s.ports(),
        s.readyChecks(),
        s.readyTimeout(),
        s.environmentVariables(),
        update,
        drain);
  }
}
