package gantry.proxy.traffic.desync;

/** What became of a case, from harmless to harmful. */
enum Outcome {
  /** All of it reached the backend, and everybody reads it alike. */
  FORWARDED("forwarded"),

  /** The proxy refused it, or what follows a certain request. */
  REFUSED("refused"),

  /** A strict server would refuse it; the proxy forwarded a well-formed version. */
  REPAIRED("repaired"),

  /** A strict server refuses what the proxy forwarded. */
  MALFORMED("passed on malformed"),

  /** Servers differ on what the proxy forwarded, among each other or from the proxy. */
  DISAGREEMENT("disagreement");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
