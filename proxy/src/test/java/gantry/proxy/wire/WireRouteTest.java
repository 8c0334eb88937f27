package gantry.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireRouteTest {
  private static final WireAddress LISTENER = WireAddress.of("127.0.0.1", 8080);
  private static final WireBackend BACKEND =
      new WireBackend("a", WireAddress.of("127.0.0.1", 9000), true);

  /** The fields of a route after its listener, in the form in which a user writes them. */
  private static WireFields routes(String fields) throws WireException {
    String route =
        "{'listener':{'host':'127.0.0.1','port':8080},'backends':[{'id':'a','host':'127.0.0.1',"
            + "'port':9000,'active':true}]"
            + fields
            + "}";
    return new WireFields("", Json.parseObject(("{'routes':[" + route + "]}").replace('\'', '"')));
  }

  @Test
  void optionsThatAreAbsentHaveTheirDefaults() throws WireException {
    assertThat(WireRoute.strictListFrom(routes("")))
        .containsExactly(new WireRoute(LISTENER, "tcp", List.of(BACKEND)));
    assertThat(RouteOptions.DEFAULT)
        .isEqualTo(
            new RouteOptions(
                Duration.ofSeconds(5),
                Duration.ZERO,
                0,
                false,
                Duration.ZERO,
                new HttpOptions(Duration.ofSeconds(10), Duration.ofSeconds(75), false)));
  }

  @Test
  void everyOptionTravelsThereAndBack() throws WireException {
    HttpOptions http = new HttpOptions(Duration.ofMillis(1), Duration.ofMillis(2), true);
    RouteOptions forHttp =
        new RouteOptions(
            Duration.ofMillis(3), Duration.ofMillis(4), 5, false, Duration.ofMillis(6), http);
    RouteOptions forTcp =
        new RouteOptions(
            Duration.ofHours(1),
            Duration.ofHours(2),
            7,
            true,
            Duration.ofHours(3),
            HttpOptions.DEFAULT);
    List<WireRoute> routes =
        List.of(
            new WireRoute(LISTENER, "http", forHttp, List.of(BACKEND)),
            new WireRoute(LISTENER, "tcp", forTcp, List.of()));
    String text = Json.write(Map.of("routes", WireRoute.toJson(routes)));
    assertThat(WireRoute.strictListFrom(new WireFields("", Json.parseObject(text))))
        .isEqualTo(routes);
  }

  @Test
  void defaultsAreNotWrittenSoThatOlderProxiesUnderstand() {
    assertThat(WireRoute.toJson(List.of(new WireRoute(LISTENER, "http", List.of(BACKEND)))))
        .singleElement()
        .satisfies(route -> assertThat(route).containsOnlyKeys("listener", "kind", "backends"));
  }

  @Test
  void aBackendWithoutIdIsCalledByItsAddressAndActive() throws WireException {
    WireFields written =
        new WireFields(
            "",
            Json.parseObject(
                """
                {"routes": [{"listener": {"host": "localhost", "port": 8080},
                             "backends": [{"host": "::1", "port": 9000}]}]}
                """));
    assertThat(WireRoute.strictListFrom(written).getFirst().backends())
        .containsExactly(
            new WireBackend("[0:0:0:0:0:0:0:1]:9000", WireAddress.of("::1", 9000), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'conectTimeout':1            | routes[0].conectTimeout: unknown field; known fields: listener, kind, backends, connectTimeout, idleTimeout, maxConnections, proxyProtocol, hold, headTimeout, keepAliveTimeout, trustForwarded; did you mean 'connectTimeout'?
          'connectTimeout':0           | routes[0].connectTimeout: expected a whole number of milliseconds from 1 to 86400000, found 0
          'connectTimeout':'5s'        | routes[0].connectTimeout: expected a whole number of milliseconds from 1 to 86400000, found "5s"
          'idleTimeout':86400001       | routes[0].idleTimeout: expected a whole number of milliseconds from 0 to 86400000, found 86400001
          'maxConnections':1.5         | routes[0].maxConnections: expected a whole number from 0 to 1000000, found 1.5
          'proxyProtocol':'v1'         | routes[0].proxyProtocol: expected v2, found "v1"
          'kind':'http','proxyProtocol':'v2' | routes[0].proxyProtocol: expected nothing in a route of kind http (which sends X-Forwarded-For), found "v2"
          'headTimeout':5              | routes[0].headTimeout: expected nothing in a route of kind tcp, found 5
          'kind':'http','trustForwarded':'yes' | routes[0].trustForwarded: expected true or false, found "yes"
          'kind':'htp'                 | routes[0].kind: expected one of tcp, http, found "htp"
          """)
  void aMistakeIsToldWithItsPlace(String fields, String message) throws WireException {
    WireFields written = routes("," + fields);
    assertThatThrownBy(() -> WireRoute.strictListFrom(written))
        .isInstanceOf(WireException.class)
        .hasMessage(message);
  }

  @Test
  void unknownFieldsOfListenersAndBackendsAreMistakesToo() throws WireException {
    WireFields listener =
        new WireFields(
            "",
            Json.parseObject(
                "{\"routes\":[{\"listener\":{\"host\":\"::1\",\"prot\":1},\"backends\":[]}]}"));
    assertThatThrownBy(() -> WireRoute.strictListFrom(listener))
        .hasMessage(
            "routes[0].listener.prot: unknown field; known fields: host, port; did you mean 'port'?");
    WireFields backend =
        new WireFields(
            "",
            Json.parseObject(
                "{\"routes\":[{\"listener\":{\"host\":\"::1\",\"port\":1},"
                    + "\"backends\":[{\"weight\":1}]}]}"));
    assertThatThrownBy(() -> WireRoute.strictListFrom(backend))
        .hasMessage(
            "routes[0].backends[0].weight: unknown field; known fields: id, host, port, active");
  }

  @Test
  void whatANewerProxyWroteIsReadWithoutTheFieldsThatAreUnknown() throws WireException {
    assertThat(WireRoute.listFrom(routes(",\"colour\":\"blue\"")))
        .containsExactly(new WireRoute(LISTENER, "tcp", List.of(BACKEND)));
  }
}
