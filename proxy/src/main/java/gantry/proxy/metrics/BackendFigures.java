package gantry.proxy.metrics;

/**
 * One backend of one route, as metrics tell of it.
 *
 * @param route the listener's address
 * @param http whether its requests are counted
 * @param connections open now
 */
public record BackendFigures(
    String route,
    String owner,
    String backend,
    boolean http,
    long connections,
    CountersSource counters) {
  String[] labels(String... more) {
    String[] labels = new String[6 + more.length];
    System.arraycopy(
        new String[] {"route", route, "owner", owner, "backend", backend}, 0, labels, 0, 6);
    System.arraycopy(more, 0, labels, 6, more.length);
    return labels;
  }
}
