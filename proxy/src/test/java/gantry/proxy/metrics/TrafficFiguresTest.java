package gantry.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.proxy.tcp.RouteCounters;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficFiguresTest {
  @Test
  void namesAndFormAreThoseOfPrometheus() {
    RouteCounters tcp = new RouteCounters(2);
    tcp.on(0).moved(true, 10);
    tcp.on(1).moved(true, 5);
    tcp.on(1).moved(false, 7);
    tcp.on(1).connectFailed();
    RouteCounters http = new RouteCounters(2);
    http.on(0).answered(200);
    http.on(0).latency(1_000);
    http.on(1).answered(204);
    http.on(1).latency(900_000);
    http.on(1).answered(503);
    http.on(1).latency(40_000_000_000L);
    Exposition out = new Exposition();
    TrafficFigures.write(
        out,
        List.of(
            new BackendFigures("[::1]:5432", "a \"b\\\nc", "r7", false, 3, tcp),
            new BackendFigures("0.0.0.0:80", "shop/web", "r8", true, 0, http)));
    String labels = "{route=\"0.0.0.0:80\",owner=\"shop/web\",backend=\"r8\"";
    assertThat(out.toString().lines())
        .contains(
            "# TYPE gantry_proxy_connections gauge",
            "gantry_proxy_connections{route=\"[::1]:5432\",owner=\"a \\\"b\\\\\\nc\",backend=\"r7\"}"
                + " 3",
            "# TYPE gantry_proxy_connections_total counter",
            "# TYPE gantry_proxy_bytes_total counter",
            "gantry_proxy_bytes_total{route=\"[::1]:5432\",owner=\"a \\\"b\\\\\\nc\",backend=\"r7\","
                + "direction=\"in\"} 15",
            "# TYPE gantry_proxy_connect_failures_total counter",
            "# TYPE gantry_proxy_http_requests_total counter",
            "gantry_proxy_http_requests_total" + labels + ",code=\"2xx\"} 2",
            "gantry_proxy_http_requests_total" + labels + ",code=\"5xx\"} 1",
            "# TYPE gantry_proxy_http_request_duration_seconds histogram",
            "gantry_proxy_http_request_duration_seconds_bucket" + labels + ",le=\"0.000128\"} 1",
            "gantry_proxy_http_request_duration_seconds_bucket" + labels + ",le=\"0.000512\"} 1",
            "gantry_proxy_http_request_duration_seconds_bucket" + labels + ",le=\"0.001024\"} 2",
            "gantry_proxy_http_request_duration_seconds_bucket" + labels + ",le=\"16.777216\"} 2",
            "gantry_proxy_http_request_duration_seconds_bucket" + labels + ",le=\"+Inf\"} 3",
            "gantry_proxy_http_request_duration_seconds_sum" + labels + "} 40.000901",
            "gantry_proxy_http_request_duration_seconds_count" + labels + "} 3");
    assertThat(out.toString()).doesNotContain("http_requests_total{route=\"[::1]:5432\"");
  }

  /** One HELP and one TYPE per family, before its samples, which stand together. */
  @Test
  void aFamilyIsInOnePiece() {
    Exposition out = new Exposition();
    TrafficFigures.write(
        out,
        List.of(
            new BackendFigures("a:1", "o", "x", true, 0, new RouteCounters(1)),
            new BackendFigures("a:1", "o", "y", true, 0, new RouteCounters(1))));
    ProcessFigures.write(out);
    List<String> families =
        out.toString()
            .lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.split(" ", 4)[2])
            .toList();
    assertThat(families).doesNotHaveDuplicates().contains("process_resident_memory_bytes");
    String current = "";
    for (String line : out.toString().lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        current = line.split(" ", 4)[2];
      } else if (!line.startsWith("#")) {
        assertThat(line).startsWith(current).matches("[a-z_]+(\\{.*})? [0-9.E+-]+");
      }
    }
  }
}
