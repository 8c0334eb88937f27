package gantry.bench.peer;

/** What a proxy understands of the traffic. */
public enum Layer {
  /** Connections. */
  TCP,
  /** HTTP requests. */
  HTTP;

  /** The word for it in the configurations of Gantry and HAProxy. */
  public String word() {
    return this == TCP ? "tcp" : "http";
  }
}
