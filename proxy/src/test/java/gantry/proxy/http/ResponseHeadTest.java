package gantry.proxy.http;

import static gantry.proxy.http.Deliveries.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ResponseHeadTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final Deliveries deliveries = new Deliveries();
  private final ResponseHead head = new ResponseHead();

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of(OK, Head.UNTIL_CLOSE, false),
        Arguments.of("HTTP/1.1 200\r\n", Head.UNTIL_CLOSE, false),
        Arguments.of("HTTP/1.1 200 \r\n", Head.UNTIL_CLOSE, false),
        Arguments.of("HTTP/1.1 999 \u00e4 ?\r\n", Head.UNTIL_CLOSE, false),
        Arguments.of(OK + "Content-Length: 5\r\n", 5L, true),
        Arguments.of(OK + "Content-Length: 5\r\nConnection: close\r\n", 5L, false),
        Arguments.of(OK + "Transfer-Encoding: chunked\r\n", Head.CHUNKED, true),
        Arguments.of("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n", 5L, false),
        Arguments.of(
            "HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n", 5L, true),
        Arguments.of("HTTP/1.1 204 No Content\r\n", 0L, true),
        Arguments.of("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n", 0L, true),
        Arguments.of("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n", 0L, true),
        Arguments.of("HTTP/1.1 100 Continue\r\n", 0L, true),
        Arguments.of("HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n", 0L, false));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void isAcceptedHoweverItArrives(String text, long body, boolean keepAlive) {
    byte[] bytes = bytes(text + "\r\nrest\r\n");
    int length = text.length() + 2;
    var wanted = new Deliveries.Outcome(Head.Result.COMPLETE, null, length, body);
    head.expect(false);
    assertThat(deliveries.byteByByte(head, bytes)).isEqualTo(wanted);
    for (int at = 0; at <= bytes.length; at++) {
      assertThat(deliveries.split(head, bytes, '\n', at)).isEqualTo(wanted);
      assertThat(head.keepAlive()).isEqualTo(keepAlive);
    }
  }

  static Stream<Arguments> rejected() {
    return Stream.of(
        Arguments.of(Rejection.STATUS_LINE, "\r\n" + OK),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.1\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.1 \r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.1 20\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.1 2000\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.1 099 X\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.1  200 X\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.1\t200 X\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.1 200\tX\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.1 200 X\0\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.1 200 X\rY\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/2.0 200 X\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "HTTP/1.2 200 X\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "http/1.1 200 X\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "ICY 200 OK\r\n"),
        Arguments.of(Rejection.STATUS_LINE, "X".repeat(100) + "\r\n"),
        Arguments.of(Rejection.LINE_END, "HTTP/1.1 200 OK\n"),
        Arguments.of(Rejection.FOLDED, OK + "X: y\r\n z\r\n"),
        Arguments.of(Rejection.FIELD_NAME, OK + "X : y\r\n"),
        Arguments.of(Rejection.SEVERAL_LENGTHS, OK + "Content-Length: 1\r\nContent-Length: 1\r\n"),
        Arguments.of(
            Rejection.LENGTH_AND_CODING,
            OK + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"),
        Arguments.of(Rejection.UNKNOWN_CODING, OK + "Transfer-Encoding: gzip\r\n"),
        Arguments.of(
            Rejection.CODING_IN_OLD_VERSION, "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n"),
        Arguments.of(
            Rejection.BODY_NOT_ALLOWED, "HTTP/1.1 204 No Content\r\nContent-Length: 1\r\n"),
        Arguments.of(
            Rejection.BODY_NOT_ALLOWED, "HTTP/1.1 100 X\r\nTransfer-Encoding: chunked\r\n"),
        Arguments.of(Rejection.HEAD_TOO_LONG, OK + "X: " + "y".repeat(17_000) + "\r\n"));
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void isRejectedHoweverItArrives(Rejection reason, String text) {
    byte[] bytes = bytes(text + "\r\n");
    var wanted = new Deliveries.Outcome(Head.Result.REJECTED, reason, 0, 0);
    assertThat(deliveries.byteByByte(head, bytes)).isEqualTo(wanted);
    for (int at = 0; at <= bytes.length; at += 1 + bytes.length / 300) {
      assertThat(deliveries.split(head, bytes, 'X', at)).isEqualTo(wanted);
    }
  }

  @Test
  void hasNoBodyWhenTheMethodIsHead() {
    head.expect(true);
    byte[] bytes = bytes(OK + "Content-Length: 5\r\n\r\n");
    assertThat(deliveries.whole(head, bytes, 'X').body()).isZero();
    assertThat(head.keepAlive()).isTrue();
    assertThat(deliveries.whole(head, bytes(OK + "\r\n"), 'X').body()).isZero();
    assertThat(head.keepAlive()).isTrue();
  }

  @Test
  void knowsItsStatus() {
    deliveries.whole(head, bytes("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"), 'X');
    assertThat(head.status()).isEqualTo(103);
    assertThat(head.isInterim()).isTrue();
    deliveries.whole(head, bytes("HTTP/1.1 101 Switching\r\n\r\n"), 'X');
    assertThat(head.isInterim()).isFalse();
    assertThat(head.isUpgrade()).isTrue();
  }
}
