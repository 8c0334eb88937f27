package gantry.proxy.traffic.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gantry.proxy.traffic.desync.Reading.Request;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** One connection of the backend: its bytes, and how far they are answered. */
final class Recording {
  /** Says which request the backend believes to answer. */
  static final String TARGET_FIELD = "X-Recorded";

  private final DialectReader reader = new DialectReader(Dialect.CODING_FIRST);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int answered;
  private int continued;

  synchronized byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Takes note of more bytes; returns what there is to say now. */
  synchronized byte[] add(byte[] buffer, int length) {
    bytes.write(buffer, 0, length);
    List<Request> requests = reader.read(bytes.toByteArray()).requests();
    StringBuilder answers = new StringBuilder();
    for (Request request : requests.subList(answered, requests.size())) {
      if (request.complete()) {
        answered++;
        answers.append(answer(request));
      } else if (request.expectsContinue() && continued <= answered) {
        continued = answered + 1;
        answers.append("HTTP/1.1 100 Continue\r\n\r\n");
      }
    }
    return answers.toString().getBytes(ISO_8859_1);
  }

  private static String answer(Request request) {
    String body = request.method().equals("HEAD") ? "" : "ok";
    String target = request.target().replaceAll("[^!-~]", "?");
    return "HTTP/1.1 200 OK\r\n%s: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(TARGET_FIELD, target, body.length(), body);
  }
}
