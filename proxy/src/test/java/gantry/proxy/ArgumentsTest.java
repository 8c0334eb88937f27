package gantry.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.proxy.control.ProxySettings;
import gantry.proxy.control.Tuning;
import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  @Test
  void everyOptionIsRead() throws Exception {
    ProxySettings settings =
        Arguments.of(
                "--state-dir",
                "s",
                "--routes=r.json",
                "--metrics",
                "[::1]:9102",
                "--transport",
                "epoll",
                "--loops=3",
                "--grace",
                "1500ms",
                "--upgrade")
            .settings();
    assertThat(settings)
        .isEqualTo(
            new ProxySettings(
                Optional.of(Path.of("s")),
                Optional.of(Path.of("r.json")),
                new Tuning(
                    Optional.of(Transport.EPOLL),
                    Optional.of(3),
                    Optional.of(WireAddress.of("::1", 9102)),
                    Optional.of(Duration.ofMillis(1500))),
                true));
  }

  @Test
  void whatIsNotSaidIsLeftOpen() throws Exception {
    assertThat(Arguments.of("--state-dir", "s").settings())
        .isEqualTo(
            new ProxySettings(Optional.of(Path.of("s")), Optional.empty(), Tuning.NONE, false));
  }

  @ParameterizedTest
  @CsvSource({"9102,127.0.0.1", "localhost:9102,127.0.0.1", "0.0.0.0:9102,0.0.0.0"})
  void metricsAreForThisMachineUnlessAnAddressIsGiven(String text, String host) throws Exception {
    assertThat(Arguments.of("--state-dir", "s", "--metrics", text).settings().tuning().metrics())
        .contains(WireAddress.of(host, 9102));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7,7000", "7s,7000", "2m,120000", "1h,3600000", "9ms,9"})
  void aGraceIsReadWithItsUnit(String text, long millis) throws Exception {
    assertThat(Arguments.of("--state-dir", "s", "--grace", text).settings().tuning().grace())
        .contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sate-dir x | unknown option '--sate-dir'; did you mean '--state-dir'?",
        "x | unknown option 'x'",
        "--state-dir | --state-dir: its value is missing",
        "--state-dir= | --state-dir: its value is missing",
        "--state-dir a --state-dir b | --state-dir: given twice",
        "--help=yes | --help: takes no value, found 'yes'",
        "--loops 2 | --state-dir or --routes is missing",
        "--state-dir a --loops 65 | --loops: expected a whole number from 1 to 64, found '65'",
        "--state-dir a --loops two | --loops: expected a whole number from 1 to 64, found 'two'",
        "--state-dir a --grace 1d | --grace: expected a time such as 30s, 5m, 1h or 500ms, found"
            + " '1d'",
        "--state-dir a --grace s | --grace: expected a time such as 30s, 5m, 1h or 500ms, found"
            + " 's'",
        "--state-dir a --transport kqueue | --transport: expected auto, io_uring or epoll, found"
            + " 'kqueue'",
        "--state-dir a --metrics example.org:1 | --metrics: expected a port, or HOST:PORT with a"
            + " literal address of this machine, found 'example.org:1'",
        "--state-dir a --metrics 70000 | --metrics: expected a port, or HOST:PORT with a literal"
            + " address of this machine, found '70000'",
        "--check a --loops 2 | --check: stands alone",
      })
  void aMistakeIsTold(String line, String message) {
    assertThatThrownBy(
            () -> {
              Arguments arguments = Arguments.of(line.split(" "));
              assertThat(arguments.check()).isEmpty();
              arguments.settings();
            })
        .isInstanceOf(Arguments.UsageException.class)
        .hasMessage(message);
  }
}
