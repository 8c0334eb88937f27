package gantry.proxy.control;

import gantry.proxy.metrics.Exposition;
import gantry.proxy.metrics.FigureType;
import gantry.proxy.metrics.ProcessFigures;
import gantry.proxy.metrics.TrafficFigures;
import gantry.proxy.wire.ProxyVersion;
import gantry.proxy.wire.WireStatus;
import java.util.Locale;
import java.util.function.Supplier;

/** All figures of the proxy as they are now. Thread-safe. */
final class Figures implements Supplier<String> {
  private final Steering steering;
  private final Predecessors predecessors;

  Figures(Steering steering, Predecessors predecessors) {
    this.steering = steering;
    this.predecessors = predecessors;
  }

  @Override
  public String get() {
    Exposition out = new Exposition();
    out.family("gantry_proxy_info", FigureType.GAUGE, "Always 1; what runs here.");
    out.sample(
        "gantry_proxy_info",
        1,
        "version",
        ProxyVersion.current(),
        "transport",
        steering.transport().name().toLowerCase(Locale.ROOT));
    gauge(out, "gantry_proxy_loops", "Event loops.", steering.loops());
    try {
      TrafficFigures.write(out, steering.figures());
      TrafficFigures.writeOwn(out, steering.routeFigures());
      WireStatus status = steering.status().with(predecessors.status());
      gauge(
          out,
          "gantry_proxy_listeners_unbound",
          "Listeners that cannot be bound.",
          status.unbound().size());
      gauge(
          out,
          "gantry_proxy_older_processes",
          "Processes that have handed over and still have connections.",
          status.older().size());
      gauge(
          out,
          "gantry_proxy_older_connections",
          "Connections that they have.",
          status.older().stream().mapToLong(WireStatus.Older::connections).sum());
    } catch (RefusedException e) {
      throw new IllegalStateException("the traffic cannot be told", e);
    }
    ProcessFigures.write(out);
    return out.toString();
  }

  private static void gauge(Exposition out, String name, String help, long value) {
    out.family(name, FigureType.GAUGE, help);
    out.sample(name, value);
  }
}
