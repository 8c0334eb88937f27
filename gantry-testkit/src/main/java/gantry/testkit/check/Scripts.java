package gantry.testkit.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Ways in which a server behaves, good and bad. */
public final class Scripts {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final long DRIP_NANOS = 20_000_000;

  private Scripts() {}

  /** Accepts, reads what comes, and never says a word. */
  public static ScriptedServer.Script silent() {
    return Scripts::readToEnd;
  }

  /** Accepts and closes at once. */
  public static ScriptedServer.Script hangingUp() {
    return client -> {};
  }

  /** Says something at once, then one more byte every 20 ms for ever. */
  public static ScriptedServer.Script dripping(String beginning) {
    return client -> {
      OutputStream out = client.getOutputStream();
      out.write(bytes(beginning));
      while (!client.isClosed()) {
        out.write('x');
        out.flush();
        LockSupport.parkNanos(DRIP_NANOS);
      }
    };
  }

  /** Says something at once, then letters without end, as fast as they are read. */
  public static ScriptedServer.Script flooding(String beginning) {
    return client -> {
      OutputStream out = client.getOutputStream();
      out.write(bytes(beginning));
      byte[] block = new byte[BLOCK_BYTES];
      Arrays.fill(block, (byte) 'x');
      while (!client.isClosed()) {
        out.write(block);
      }
    };
  }

  /** Waits for the empty line that ends a request's head, answers, and closes. */
  public static ScriptedServer.Script answering(String answer) {
    return client -> {
      readHead(client.getInputStream());
      client.getOutputStream().write(bytes(answer));
      client.shutdownOutput();
      readToEnd(client);
    };
  }

  /** Answers like {@link #answering} but keeps the connection open afterwards. */
  public static ScriptedServer.Script answeringAndStaying(String answer) {
    return client -> {
      readHead(client.getInputStream());
      client.getOutputStream().write(bytes(answer));
      readToEnd(client);
    };
  }

  /** Reads a request's head, up to and with its empty line; for scripts of the test's own. */
  public static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client closed before its request was complete: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void readToEnd(Socket client) throws IOException {
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
