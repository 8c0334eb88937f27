package gantry.plugin.checks;

import gantry.api.Endpoint;
import gantry.api.check.Verdict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One request and its answer on a connection of its own. Redirects are not followed: the answer
 * that the container itself gives is what counts.
 *
 * <p>Plain sockets instead of the JDK's HTTP client, which costs a short command 300 ms at its
 * first request, leaves threads behind, and has no limit on the time that a whole answer takes.
 */
final class HttpExchange {
  private final HttpCall call;
  private final HttpAddress address;
  private final Endpoint endpoint;
  private final String url;
  private boolean answered;

  HttpExchange(HttpCall call, Endpoint endpoint) {
    this.call = call;
    this.address = call.address();
    this.endpoint = endpoint;
    this.url = address.url(endpoint);
  }

  /** Asks and judges, all within the timeout. Call it once. */
  Verdict run(Duration timeout) {
    try (TimedConnection connection = TimedConnection.open(timeout)) {
      try {
        return exchange(connection.connect(endpoint));
      } catch (IOException e) {
        var attempt = new Reasons.Attempt(url, timeout, answered);
        return Verdict.unhealthy(Reasons.of(e, connection, attempt));
      }
    } catch (IOException e) {
      return Verdict.unhealthy("no socket for " + url + ": " + Reasons.quote(e.toString()));
    }
  }

  private Verdict exchange(Socket plain) throws IOException {
    Socket socket = address.secure() ? Tls.wrap(plain, tlsName(), address.verify()) : plain;
    socket.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    HttpResponse response = new HttpResponse(new BufferedInputStream(socket.getInputStream()), url);
    int status = response.readHead();
    answered = true;
    if (!call.accepts(status)) {
      return Verdict.unhealthy("HTTP " + status + " from " + url + ", expected " + call.expected());
    }
    response.readBody();
    return Verdict.healthy();
  }

  private String request() {
    return call.method()
        + " "
        + address.path()
        + " HTTP/1.1\r\nHost: "
        + address.hostHeader(endpoint)
        + "\r\nUser-Agent: gantry\r\nAccept: */*\r\nConnection: close\r\n"
        + (call.method().equals("POST") ? "Content-Length: 0\r\n" : "")
        + "\r\n";
  }

  private String tlsName() {
    return address.host().orElse(endpoint.host());
  }
}
