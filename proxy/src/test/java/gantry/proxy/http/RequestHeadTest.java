package gantry.proxy.http;

import static gantry.proxy.http.Deliveries.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RequestHeadTest {
  private static final String GET = "GET / HTTP/1.1\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";
  private static final String HOST = "Host: a\r\n";

  private final Deliveries deliveries = new Deliveries();
  private final RequestHead head = new RequestHead();

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of(GET + HOST + "\r\n", 0L),
        Arguments.of(GET + "Host:\r\n\r\n", 0L),
        Arguments.of(GET + "hOST:\t a.example:8080 \t\r\n\r\n", 0L),
        Arguments.of(GET + "Host: [::1]:80\r\n\r\n", 0L),
        Arguments.of("\r\n" + GET + HOST + "\r\n", 0L),
        Arguments.of("GET / HTTP/1.0\r\n\r\n", 0L),
        Arguments.of("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", 0L),
        Arguments.of("M-SEARCH /?a=b&c HTTP/1.1\r\n" + HOST + "\r\n", 0L),
        Arguments.of("GET http://A/x HTTP/1.1\r\n" + HOST + "\r\n", 0L),
        Arguments.of("GET HTTPS://a?x HTTP/1.1\r\n" + HOST + "\r\n", 0L),
        Arguments.of(GET + HOST + "X:\r\nY: \u00e4\t\u00ff\r\n\r\n", 0L),
        Arguments.of(GET + HOST + "A_b!#$%&'*+-.^`|~0: x\r\n\r\n", 0L),
        Arguments.of(POST + "Content-Length: 0\r\n\r\n", 0L),
        Arguments.of(POST + "content-LENGTH:12\r\n\r\n", 12L),
        Arguments.of(POST + "Content-Length: 999999999999999999\r\n\r\n", 999_999_999_999_999_999L),
        Arguments.of(POST + "Transfer-Encoding: chunked\r\n\r\n", Head.CHUNKED),
        Arguments.of(POST + "transfer-encodinG:CHUNKED \r\n\r\n", Head.CHUNKED),
        Arguments.of(POST + "Connection: ,close,, x ,\r\n\r\n", 0L),
        Arguments.of(POST + "X: " + "y".repeat(16_000) + "\r\n\r\n", 0L),
        Arguments.of(GET + HOST + "X: y\r\n".repeat(127) + "\r\n", 0L));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void isAcceptedHoweverItArrives(String text, long body) {
    byte[] bytes = bytes(text + "rest\r\n\r\n");
    var wanted = new Deliveries.Outcome(Head.Result.COMPLETE, null, text.length(), body);
    assertThat(deliveries.byteByByte(head, bytes)).isEqualTo(wanted);
    for (char around : new char[] {'X', '\n', '\r', ':', 0}) {
      assertThat(deliveries.whole(head, bytes, around)).isEqualTo(wanted);
    }
    splits(bytes)
        .forEach(at -> assertThat(deliveries.split(head, bytes, 'X', at)).isEqualTo(wanted));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void isIncompleteUntilItsLastByte(String text) {
    byte[] bytes = bytes(text.substring(0, text.length() - 1));
    assertThat(deliveries.whole(head, bytes, '\n').result()).isEqualTo(Head.Result.INCOMPLETE);
  }

  static Stream<Arguments> rejected() {
    return RejectedRequests.all();
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void isRejectedHoweverItArrives(Rejection reason, String text) {
    byte[] bytes = bytes(text + "\r\n\r\n");
    var wanted = new Deliveries.Outcome(Head.Result.REJECTED, reason, 0, 0);
    assertThat(deliveries.whole(head, bytes, 'X')).isEqualTo(wanted);
    assertThat(deliveries.byteByByte(head, bytes)).isEqualTo(wanted);
    splits(bytes)
        .forEach(at -> assertThat(deliveries.split(head, bytes, 'X', at)).isEqualTo(wanted));
  }

  /** All positions of a short text, some of a long one. */
  private static IntStream splits(byte[] bytes) {
    return IntStream.iterate(0, at -> at <= bytes.length, at -> at + 1 + bytes.length / 300);
  }

  @Test
  void knowsMethods() {
    read("HEAD / HTTP/1.1\r\n" + HOST + "\r\n");
    assertThat(head.isHead()).isTrue();
    assertThat(head.isIdempotent()).isTrue();
    read(POST + "\r\n");
    assertThat(head.isHead()).isFalse();
    assertThat(head.isIdempotent()).isFalse();
    read("HEADHEADHEAD / HTTP/1.1\r\n" + HOST + "\r\n");
    assertThat(head.isHead()).isFalse();
    for (String method : new String[] {"GET", "PUT", "DELETE", "OPTIONS", "TRACE"}) {
      read(method + " / HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(head.isIdempotent()).as(method).isTrue();
    }
  }

  @Test
  void knowsWhetherTheConnectionStays() {
    read(GET + HOST + "\r\n");
    assertThat(head.keepAlive()).isTrue();
    read(GET + HOST + "Connection: foo, Close\r\n\r\n");
    assertThat(head.keepAlive()).isFalse();
    read(GET + HOST + "Connection: keep-alive\r\nConnection: close\r\n\r\n");
    assertThat(head.keepAlive()).isFalse();
    read("GET / HTTP/1.0\r\n\r\n");
    assertThat(head.keepAlive()).isFalse();
    read("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    assertThat(head.keepAlive()).isTrue();
  }

  @Test
  void knowsExpectationsAndUpgrades() {
    read(POST + "Expect: 100-Continue\r\n\r\n");
    assertThat(head.expectsContinue()).isTrue();
    read(GET + HOST + "Connection: x, Upgrade\r\nUpgrade: websocket\r\n\r\n");
    assertThat(head.wantsUpgrade()).isTrue();
    read(GET + HOST + "Upgrade: websocket\r\n\r\n");
    assertThat(head.wantsUpgrade()).isFalse();
    read(GET + HOST + "Connection: upgrade\r\n\r\n");
    assertThat(head.wantsUpgrade()).isFalse();
    read("GET / HTTP/1.0\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
    assertThat(head.wantsUpgrade()).isFalse();
    read(POST + "Connection: upgrade\r\nUpgrade: x\r\nContent-Length: 1\r\n\r\n");
    assertThat(head.wantsUpgrade()).isFalse();
  }

  private void read(String text) {
    assertThat(deliveries.whole(head, bytes(text), 'X').result()).isEqualTo(Head.Result.COMPLETE);
  }
}
