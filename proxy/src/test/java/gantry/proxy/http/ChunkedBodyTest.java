package gantry.proxy.http;

import static gantry.proxy.http.Deliveries.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkedBodyTest {
  private final Deliveries deliveries = new Deliveries();
  private final ChunkedBody body = new ChunkedBody();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0\r\n\r\n",
        "5\r\nhello\r\n0\r\n\r\n",
        "a\r\n0123456789\r\nA\r\n\r\n\r\n\r\n\r\n\r\n\r\n0000000000000000\r\n\r\n",
        "5;x=y;z=\"a b\"\r\nhello\r\n0;\r\n\r\n",
        "1\r\n\0\r\n0\r\nX-Sum: 1\r\nempty:\r\n\r\n",
        "0\r\nContent-Lengthy: 1\r\nXHost: a\r\n\r\n"
      })
  void endsInTheSamePlaceHoweverItArrives(String text) {
    byte[] bytes = bytes(text + "0\r\n\r\nGET / HTTP/1.1\r\n");
    var wanted = new Deliveries.Body(text.length(), true, null);
    assertThat(deliveries.bodyByteByByte(body, bytes)).isEqualTo(wanted);
    for (int at = 0; at <= bytes.length; at++) {
      assertThat(deliveries.body(body, bytes, at)).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        " 5\r\nhello\r\n",
        "5 \r\nhello\r\n",
        "5 ;x\r\nhello\r\n",
        "-1\r\n",
        "+1\r\nx\r\n",
        "0x1\r\nx\r\n",
        "g\r\n",
        ";x\r\n",
        "5\nhello\r\n",
        "5\rhello\r\n",
        "5\r\rhello\r\n",
        "5\r\nhello0\r\n\r\n",
        "5\r\nhello\n0\r\n\r\n",
        "5\r\nhello\r0\r\n\r\n",
        "5;x\ny\r\nhello\r\n",
        "5;x\ry\r\nhello\r\n",
        "5;x\0\r\nhello\r\n",
        "8000000000000000\r\n",
        "ffffffffffffffff\r\n",
        "00000000000000001\r\n",
        "10000000000000000\r\n"
      })
  void isRejectedHoweverItArrives(String text) {
    rejects(Rejection.BAD_CHUNK, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0\r\n\n",
        "0\r\nX\r\n\r\n",
        "0\r\n X: y\r\n\r\n",
        "0\r\nX : y\r\n\r\n",
        "0\r\nX: y\n\r\n",
        "0\r\nX: y\r\n z\r\n\r\n",
        "0\r\nX: \0\r\n\r\n",
        "0\r\n: y\r\n\r\n",
        "0\r\nContent-Length: 1\r\n\r\n",
        "0\r\ntransfer-encoding: chunked\r\n\r\n",
        "0\r\nHOST: a\r\n\r\n",
        "0\r\nX: y\r\nConnection: close\r\n\r\n"
      })
  void isRejectedForItsTrailer(String text) {
    rejects(Rejection.BAD_TRAILER, text);
  }

  @Test
  void isRejectedWhenExtensionsOrTrailersAreTooLong() {
    rejects(Rejection.BAD_CHUNK, "1;" + "x".repeat(1025) + "\r\n");
    String chunk = "1;" + "x".repeat(1000) + "\r\ny\r\n";
    rejects(Rejection.BAD_CHUNK, chunk.repeat(66));
    rejects(Rejection.BAD_TRAILER, "0\r\nX: " + "y".repeat(8200) + "\r\n");
  }

  @Test
  void tellsTheLargestSizeThatIsServed() {
    byte[] bytes = bytes("7fffffffffffffff\r\nxyz");
    assertThat(deliveries.body(body, bytes, 3))
        .isEqualTo(new Deliveries.Body(bytes.length, false, null));
  }

  private void rejects(Rejection reason, String text) {
    byte[] bytes = bytes(text + "\r\n\r\n");
    var wanted = deliveries.bodyByteByByte(body, bytes);
    assertThat(wanted.rejection()).isEqualTo(reason);
    assertThat(wanted.over()).isFalse();
    for (int at = 0; at <= bytes.length; at += 1 + bytes.length / 300) {
      assertThat(deliveries.body(body, bytes, at)).isEqualTo(wanted);
    }
  }
}
