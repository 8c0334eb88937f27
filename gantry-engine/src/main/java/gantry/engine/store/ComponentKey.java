package gantry.engine.store;

/** Names one component of one project. */
public record ComponentKey(String project, String component) {
  @Override
  public String toString() {
    return project + "/" + component;
  }
}
