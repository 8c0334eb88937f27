package gantry.plugin.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.PluginContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EtcdEndpointsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://127.0.0.1:2379        | http://127.0.0.1:2379",
        "etcd.example                 | http://etcd.example:2379",
        "a:1, b:2                     | http://a:1,http://b:2",
        "https://a/                   | https://a:2379",
        "[::1]:4001                   | http://[::1]:4001",
      })
  void urlsAndAddressesAreRead(String text, String expected) {
    assertThat(EtcdEndpoints.parse(text)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "a:1,",
        "ftp://a:1",
        "http://",
        "a:70000",
        "a:0",
        "a b",
        "http://a:1/path",
        "http://user@a:1",
        "http://a:1,https://b:1",
        "a:x",
      })
  void whatIsNoEndpointIsAMistakeOfTheConfiguration(String text) {
    PluginContext context =
        new PluginContext(Path.of("/"), "m", Map.of("etcd.endpoints", text), Clock.SYSTEM);
    assertThatThrownBy(() -> new EtcdCoordinatorFactory().create(context))
        .isInstanceOfSatisfying(
            GantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_CONFIGURATION))
        .hasMessageContaining("'" + text + "' cannot be used");
  }

  @Test
  void theDefaultIsThisMachine() {
    PluginContext context = new PluginContext(Path.of("/"), "m", Map.of(), Clock.SYSTEM);
    new EtcdCoordinatorFactory().create(context).close();
    assertThat(EtcdEndpoints.parse(EtcdEndpoints.DEFAULT)).hasToString("http://127.0.0.1:2379");
  }
}
