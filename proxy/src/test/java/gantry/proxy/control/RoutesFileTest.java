package gantry.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.RouteOptions;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireRoute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesFileTest {
  @TempDir Path folder;

  private RoutesFile read(String text) throws Exception {
    return RoutesFile.read(Files.writeString(folder.resolve("routes.json"), text));
  }

  @Test
  void everyFieldIsRead() throws Exception {
    RoutesFile file =
        read(
            """
            {
              "$schema": "proxy-routes.schema.json",
              "transport": "epoll", "loops": 2, "metrics": "0.0.0.0:9102", "grace": 1500,
              "routes": [
                {"listener": {"host": "0.0.0.0", "port": 80}, "kind": "http", "hold": 1000,
                 "backends": [{"id": "a", "host": "127.0.0.1", "port": 8080, "active": false}]}
              ]
            }
            """);
    assertThat(file.tuning())
        .isEqualTo(
            new Tuning(
                Optional.of(Transport.EPOLL),
                Optional.of(2),
                Optional.of(WireAddress.of("0.0.0.0", 9102)),
                Optional.of(Duration.ofMillis(1500))));
    RouteOptions d = RouteOptions.DEFAULT;
    RouteOptions options =
        new RouteOptions(
            d.connectTimeout(), d.idleTimeout(), 0, false, Duration.ofSeconds(1), d.http());
    assertThat(file.routes())
        .containsExactly(
            new WireRoute(
                WireAddress.of("0.0.0.0", 80),
                "http",
                options,
                List.of(new WireBackend("a", WireAddress.of("127.0.0.1", 8080), false))));
  }

  @Test
  void metricsMayBeAPlainPort() throws Exception {
    assertThat(read("{\"metrics\": 9102, \"routes\": []}").tuning().metrics())
        .contains(WireAddress.of("127.0.0.1", 9102));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'routes': [ | 2:1: not JSON: Unexpected end-of-input: expected close marker for Array"
            + " (start marker at line 1, column 12)",
        "{'routes': []} x | 1:16: not JSON: Unrecognized token 'x': was expecting (JSON String,"
            + " Number, Array, Object or token 'null', 'true' or 'false')",
        "{'routes': []} {} | 1:16: expected nothing after the JSON object",
        "{'loops': 1, 'loops': 1} | 1:21: not JSON: Duplicate field 'loops'",
        "{} | 1:1: routes: expected a list of at most 256 objects, found nothing",
        "{'route': []} | 1:2: route: unknown field; known fields: $schema, routes, transport,"
            + " loops, metrics, grace; did you mean 'routes'?",
        "{'routes': [], 'loops': 0} | 1:16: loops: expected a whole number from 1 to 64, found 0",
        "{'routes': [], 'metrics': 'x'} | 1:16: metrics: expected a port, or HOST:PORT with a"
            + " literal address, found \"x\"",
        "{'routes': [], 'grace': -1} | 1:16: grace: expected a whole number of milliseconds from 0"
            + " to 86400000, found -1",
        "{'routes': [], 'transport': 1} | 1:16: transport: expected a text, found 1",
        "{'routes': [{}]} | 1:13: routes[0].listener: expected an object, found nothing",
        "{'routes': [{'listener': {'host': 'a', 'port': 1}, 'backends': []}]} | 1:27:"
            + " routes[0].listener.host: expected a literal IP address or localhost, found \"a\"",
      })
  void aMistakeIsToldWithLineAndColumn(String text, String message) {
    assertThatThrownBy(() -> read(text.replace('\'', '"') + "\n"))
        .isInstanceOf(BadRoutesException.class)
        .hasMessage(folder.resolve("routes.json") + ":" + message);
  }

  @Test
  void twoRoutesWithOneListenerAreAMistake() {
    String route = "{\"listener\": {\"host\": \"::1\", \"port\": 1}, \"backends\": []}";
    assertThatThrownBy(() -> read("{\"routes\": [" + route + "," + route + "]}"))
        .isInstanceOf(BadRoutesException.class)
        .hasMessageContaining("stands in two routes");
  }

  @Test
  void whatIsNoTextIsRefused() throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[] {(byte) 0xc3, (byte) 0x28});
    assertThatThrownBy(() -> RoutesFile.read(file)).hasMessage(file + " is not UTF-8");
    assertThatThrownBy(() -> RoutesFile.read(folder)).hasMessageContaining("cannot read " + folder);
    assertThatThrownBy(() -> RoutesFile.read(Path.of("/dev/zero")))
        .hasMessageContaining("is larger than");
  }
}
