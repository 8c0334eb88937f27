package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Chunks;
import java.nio.charset.StandardCharsets;

/** Answers that no backend gave: one line of text, after which the connection is closed. */
final class OwnAnswer {
  private OwnAnswer() {}

  static Chunk chunk(Chunks chunks, int status, String reason) {
    Chunk chunk = chunks.small();
    chunk.append(text(status, reason).getBytes(StandardCharsets.US_ASCII));
    return chunk;
  }

  private static String text(int status, String reason) {
    String body = reason + "\n";
    return "HTTP/1.1 %d %s\r\n".formatted(status, phrase(status))
        + "Content-Type: text/plain\r\n"
        + "Content-Length: %d\r\nConnection: close\r\n\r\n%s".formatted(body.length(), body);
  }

  private static String phrase(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 408 -> "Request Timeout";
      case 414 -> "URI Too Long";
      case 431 -> "Request Header Fields Too Large";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> throw new IllegalArgumentException("no answer with status " + status);
    };
  }
}
