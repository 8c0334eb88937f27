package gantry.proxy.traffic.desync;

/**
 * An outcome and what it rests on.
 *
 * @param reason empty where there is nothing to say
 */
record Verdict(Case sent, Outcome outcome, String reason) {
  @Override
  public String toString() {
    return sent + ": " + outcome + (reason.isEmpty() ? "" : ", " + reason);
  }
}
