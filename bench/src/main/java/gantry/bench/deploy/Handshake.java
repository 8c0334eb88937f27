package gantry.bench.deploy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The opening of a WebSocket (RFC 6455, section 4), behind which the benchmark sends lines instead
 * of frames: no proxy looks at them.
 */
final class Handshake {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  static final String REQUEST_FIELDS =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: "
          + KEY
          + "\r\n";

  private Handshake() {}

  /** The whole answer's head. */
  static String answer() {
    return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Accept: "
        + accept()
        + "\r\n\r\n";
  }

  private static String accept() {
    try {
      byte[] text = (KEY + MAGIC).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
