package gantry.proxy.traffic.desync;

/** A strict server would answer 400 to this. */
final class RefusedBytes extends Exception {
  private static final long serialVersionUID = 1;

  RefusedBytes(String why) {
    super(why);
  }
}
