package gantry.proxy.http;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Heads that must not be let through, each for one reason. */
final class RejectedRequests {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n";

  private RejectedRequests() {}

  static Stream<Arguments> all() {
    return Stream.of(lines(), targets(), hosts(), fields(), framing(), limits())
        .flatMap(each -> each);
  }

  private static Stream<Arguments> lines() {
    return Stream.of(
            because(
                Rejection.REQUEST_LINE,
                "\r\n\r\n" + GET,
                "GET /\r\nHost: a",
                "GET / http/1.1\r\nHost: a",
                "GET / HTTP/1.1 \r\nHost: a",
                "GET / HTTP/1.10\r\nHost: a",
                "GET / HTTP/11\r\nHost: a",
                "GET / HTTPS/1.1\r\nHost: a",
                "GET /\tHTTP/1.1\r\nHost: a",
                "GET HTTP/1.1\r\nHost: a"),
            because(
                Rejection.METHOD,
                "get / HTTP/1.1\r\nHost: a",
                " GET / HTTP/1.1\r\nHost: a",
                "/ HTTP/1.1\r\nHost: a",
                "G\tT / HTTP/1.1\r\nHost: a",
                "GET\t/ HTTP/1.1\r\nHost: a",
                "G\0T / HTTP/1.1\r\nHost: a",
                "GET1 / HTTP/1.1\r\nHost: a",
                "{\"a\": 1, \"bcdefgh\": 2}"),
            because(
                Rejection.LINE_END,
                "GET / HTTP/1.1\nHost: a",
                "\n" + GET,
                "GET / HTTP/1.1\r\nHost: a\nX: y",
                "GET / HTTP/1.1\r\nHost: a\n\nX"),
            because(
                Rejection.VERSION,
                "PRI * HTTP/2.0",
                "GET / HTTP/2.0",
                "GET / HTTP/0.9",
                "GET / HTTP/1.2"),
            because(Rejection.CONNECT, "CONNECT a:80 HTTP/1.1\r\nHost: a:80"))
        .flatMap(each -> each);
  }

  private static Stream<Arguments> targets() {
    return Stream.concat(
        because(
            Rejection.TARGET,
            "GET  / HTTP/1.1\r\nHost: a",
            "GET  HTTP/1.1\r\nHost: a",
            "GET /  HTTP/1.1\r\nHost: a",
            "GET / x HTTP/1.1\r\nHost: a",
            "GET /\rx HTTP/1.1\r\nHost: a",
            "GET /\0 HTTP/1.1\r\nHost: a",
            "GET /\u007f HTTP/1.1\r\nHost: a",
            "GET /\u00e4 HTTP/1.1\r\nHost: a",
            "GET /#x HTTP/1.1\r\nHost: a",
            "GET * HTTP/1.1\r\nHost: a",
            "OPTIONS *x HTTP/1.1\r\nHost: a",
            "GET a HTTP/1.1\r\nHost: a",
            "GET a:80 HTTP/1.1\r\nHost: a:80",
            "GET ftp://a/ HTTP/1.1\r\nHost: a",
            "GET http:/a HTTP/1.1\r\nHost: a",
            "GET http:///a HTTP/1.1\r\nHost: a",
            "GET http://a@b/ HTTP/1.1\r\nHost: a",
            "GET http://a\\b HTTP/1.1\r\nHost: a"),
        because(
            Rejection.TARGET_HOST,
            "GET http://b/ HTTP/1.1\r\nHost: a",
            "GET http://aa/ HTTP/1.1\r\nHost: a",
            "GET http://a:80/ HTTP/1.1\r\nHost: a",
            "GET http://a/ HTTP/1.1\r\nHost:",
            "GET http://a/ HTTP/1.0"));
  }

  private static Stream<Arguments> hosts() {
    return Stream.of(
            because(Rejection.NO_HOST, "GET / HTTP/1.1", "GET / HTTP/1.1\r\nX-Host: a"),
            because(
                Rejection.SEVERAL_HOSTS,
                GET + "Host: a",
                GET + "hOST: b",
                "GET / HTTP/1.0\r\nHost:a\r\nHost:a"),
            because(
                Rejection.BAD_HOST,
                "GET / HTTP/1.1\r\nHost: a, b",
                "GET / HTTP/1.1\r\nHost: a b",
                "GET / HTTP/1.1\r\nHost: a/b",
                "GET / HTTP/1.1\r\nHost: u@a",
                "GET / HTTP/1.1\r\nHost: a:http",
                "GET / HTTP/1.1\r\nHost: a:80:80",
                "GET / HTTP/1.1\r\nHost: ::1",
                "GET / HTTP/1.1\r\nHost: [::1",
                "GET / HTTP/1.1\r\nHost: [::1]x",
                "GET / HTTP/1.1\r\nHost: a\u00e4",
                "GET / HTTP/1.1\r\nHost: " + "a".repeat(301)))
        .flatMap(each -> each);
  }

  private static Stream<Arguments> fields() {
    return Stream.of(
            because(
                Rejection.FIELD_NAME,
                GET + ": x",
                GET + "x",
                GET + "X : y",
                GET + "X\t: y",
                GET + "Content-Length : 3",
                GET + "X(y): z",
                GET + "X\0: y",
                GET + "\u00e4: y",
                GET + "X\rY: z"),
            because(
                Rejection.FOLDED,
                GET + " X: y",
                GET + "X: y\r\n z",
                GET + "X: y\r\n\tz",
                "GET / HTTP/1.1\r\n Host: a"),
            because(
                Rejection.CONTROL_CHARACTER,
                GET + "X: \0",
                GET + "X: y\rz",
                GET + "X: y\r",
                GET + "X: abcdefghijk\u007flmnop",
                GET + "X: abcdefghijklmnopqrstuv\u0001",
                GET + "X: \u0001abcdefghijklmnopqrstuv",
                "GET / HTTP/1.1\r\nHost: a\r"),
            because(
                Rejection.BAD_CONNECTION,
                GET + "Connection: x y",
                GET + "Connection: \"x\"",
                GET + "Connection: Host",
                GET + "Connection: content-length",
                GET + "Connection: close, Transfer-Encoding",
                GET + "Connection: " + "x,".repeat(17)),
            because(Rejection.SEVERAL_UPGRADES, GET + "Upgrade: a\r\nUpgrade: b"))
        .flatMap(each -> each);
  }

  private static Stream<Arguments> framing() {
    String coding = "Transfer-Encoding: chunked";
    return Stream.of(
            because(
                Rejection.BAD_LENGTH,
                GET + "Content-Length:",
                GET + "Content-Length: +1",
                GET + "Content-Length: -1",
                GET + "Content-Length: 1 ,",
                GET + "Content-Length: 1,1",
                GET + "Content-Length: 1 1",
                GET + "Content-Length: 01",
                GET + "Content-Length: 0x1",
                GET + "Content-Length: 1.0",
                GET + "Content-Length: 1e1",
                GET + "Content-Length: 1000000000000000000",
                GET + "Content-Length: 18446744073709551616"),
            because(
                Rejection.SEVERAL_LENGTHS,
                GET + "Content-Length: 1\r\nContent-Length: 1",
                GET + "Content-Length: 0\r\ncontent-length: 0"),
            because(
                Rejection.LENGTH_AND_CODING,
                GET + "Content-Length: 1\r\n" + coding,
                GET + coding + "\r\nContent-Length: 0"),
            because(Rejection.SEVERAL_CODINGS, GET + coding + "\r\n" + coding),
            because(
                Rejection.UNKNOWN_CODING,
                GET + "Transfer-Encoding:",
                GET + "Transfer-Encoding: identity",
                GET + "Transfer-Encoding: gzip, chunked",
                GET + "Transfer-Encoding: chunked, chunked",
                GET + "Transfer-Encoding: xchunked",
                GET + "Transfer-Encoding: \"chunked\"",
                GET + "Transfer-Encoding: chunked;a=b"),
            because(Rejection.CODING_IN_OLD_VERSION, "GET / HTTP/1.0\r\n" + coding))
        .flatMap(each -> each);
  }

  private static Stream<Arguments> limits() {
    return Stream.of(
            because(
                Rejection.LINE_TOO_LONG, "GET /" + "x".repeat(Head.MAX_BYTES), "G".repeat(20_000)),
            because(
                Rejection.HEAD_TOO_LONG,
                GET + "X: " + "y".repeat(Head.MAX_BYTES),
                GET + ("X: " + "y".repeat(2_000) + "\r\n").repeat(9)),
            because(Rejection.TOO_MANY_FIELDS, GET + "X: y\r\n".repeat(128)))
        .flatMap(each -> each);
  }

  private static Stream<Arguments> because(Rejection reason, String... heads) {
    return Arrays.stream(heads).map(head -> Arguments.of(reason, head));
  }
}
