package gantry.proxy.metrics;

import java.util.List;
import java.util.function.ToLongFunction;

/** Writes what went through the proxy, per backend of each route. */
public final class TrafficFigures {
  private static final long NANOS_PER_MICRO = 1000;
  private static final int FIRST_BUCKET = 7;
  private static final int LAST_BUCKET = 24;
  private static final String DURATION = "gantry_proxy_http_request_duration_seconds";

  private TrafficFigures() {}

  /** Writes all families. */
  public static void write(Exposition out, List<BackendFigures> backends) {
    each(
        out,
        "gantry_proxy_connections",
        FigureType.GAUGE,
        "Open connections; with HTTP, requests under way and upgraded connections.",
        backends,
        BackendFigures::connections);
    each(
        out,
        "gantry_proxy_connections_total",
        FigureType.COUNTER,
        "Connections, or with HTTP requests, that were given to the backend.",
        backends,
        b -> b.counters().assigned());
    bytes(out, backends);
    each(
        out,
        "gantry_proxy_connect_failures_total",
        FigureType.COUNTER,
        "Connects to the backend that failed or took too long.",
        backends,
        b -> b.counters().connectFailures());
    List<BackendFigures> http = backends.stream().filter(BackendFigures::http).toList();
    if (!http.isEmpty()) {
      requests(out, http);
      durations(out, http);
    }
  }

  /** Writes what the proxy answered in the backends' place. */
  public static void writeOwn(Exposition out, List<RouteFigures> routes) {
    if (routes.isEmpty()) {
      return;
    }
    String name = "gantry_proxy_http_own_answers_total";
    out.family(name, FigureType.COUNTER, "Answers of the proxy's own by the class of the status.");
    for (RouteFigures r : routes) {
      for (int hundreds = 4; hundreds <= 5; hundreds++) {
        String code = hundreds + "xx";
        long answers = r.ownAnswers().applyAsLong(hundreds);
        out.sample(name, answers, "route", r.route(), "owner", r.owner(), "code", code);
      }
    }
  }

  private static void each(
      Exposition out,
      String name,
      FigureType type,
      String help,
      List<BackendFigures> backends,
      ToLongFunction<BackendFigures> value) {
    out.family(name, type, help);
    backends.forEach(backend -> out.sample(name, value.applyAsLong(backend), backend.labels()));
  }

  private static void bytes(Exposition out, List<BackendFigures> backends) {
    String name = "gantry_proxy_bytes_total";
    out.family(name, FigureType.COUNTER, "Bytes from clients (in) and to them (out).");
    for (BackendFigures b : backends) {
      out.sample(name, b.counters().bytesToBackend(), b.labels("direction", "in"));
      out.sample(name, b.counters().bytesToClients(), b.labels("direction", "out"));
    }
  }

  private static void requests(Exposition out, List<BackendFigures> backends) {
    String name = "gantry_proxy_http_requests_total";
    out.family(name, FigureType.COUNTER, "Answered requests by the class of the status.");
    for (BackendFigures b : backends) {
      for (int hundreds = 1; hundreds <= 5; hundreds++) {
        out.sample(name, b.counters().answers(hundreds), b.labels("code", hundreds + "xx"));
      }
    }
  }

  private static void durations(Exposition out, List<BackendFigures> backends) {
    out.family(
        DURATION,
        FigureType.HISTOGRAM,
        "From the last byte of a request's head to the first bytes of its answer.");
    backends.forEach(backend -> duration(out, backend));
  }

  /**
   * Buckets end at powers of two of a microsecond; those below and above are of no use to anyone.
   */
  private static void duration(Exposition out, BackendFigures backend) {
    CountersSource counters = backend.counters();
    long count = 0;
    for (int bucket = 0; bucket < counters.latencyBuckets(); bucket++) {
      count += counters.latencies(bucket);
      if (bucket >= FIRST_BUCKET && bucket <= LAST_BUCKET) {
        String bound = Exposition.seconds(NANOS_PER_MICRO << bucket);
        out.sample(DURATION + "_bucket", count, backend.labels("le", bound));
      }
    }
    out.sample(DURATION + "_bucket", count, backend.labels("le", "+Inf"));
    out.seconds(DURATION + "_sum", counters.latencyMicros() * NANOS_PER_MICRO, backend.labels());
    out.sample(DURATION + "_count", count, backend.labels());
  }
}
