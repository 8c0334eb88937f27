package gantry.api.container;

/** The driver's own id of a container, unique on a machine and never used twice. */
public record ContainerId(String value) {
  /** The first 12 characters, as humans see it. */
  public String brief() {
    return value.length() <= 12 ? value : value.substring(0, 12);
  }

  @Override
  public String toString() {
    return value;
  }
}
