package gantry.bench.deploy;

/**
 * Which backend is to get what is new, as the proxy has acknowledged it. One thread switches, the
 * clients read.
 */
final class Switchboard {
  private volatile Position position;

  /** A switch that never ends allows every backend. */
  static Switchboard open() {
    return new Switchboard(new Position(0, "", true));
  }

  /** All goes to one backend. */
  static Switchboard to(String backend) {
    return new Switchboard(new Position(0, backend, false));
  }

  private Switchboard(Position position) {
    this.position = position;
  }

  Position position() {
    return position;
  }

  /** A switch begins: until its end, both backends may get what is new. */
  void begin() {
    position = new Position(position.number() + 1, position.backend(), true);
  }

  /** The switch was acknowledged. */
  void acknowledged(String backend) {
    position = new Position(position.number() + 1, backend, false);
  }

  /**
   * Whether something that began at a position, and that a backend got by now, came to the wrong
   * one.
   */
  boolean isMisrouted(Position began, String backend) {
    return !began.switching() && began.equals(position) && !began.backend().equals(backend);
  }

  /**
   * A moment's state.
   *
   * @param number goes up with every change
   * @param backend the one that was acknowledged last
   * @param switching whether a switch has begun since
   */
  record Position(long number, String backend, boolean switching) {}
}
