package gantry.proxy.traffic.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gantry.proxy.wire.WireAddress;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** A client's connection with one large body, in either direction. */
public final class Transfer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int PORTION = 64 * 1024;

  private final Socket socket = new Socket();
  private final InputStream input;
  private final AtomicLong sent = new AtomicLong();

  private Transfer(WireAddress proxy, String head) throws IOException {
    socket.connect(proxy.socketAddress(), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    input = new BufferedInputStream(socket.getInputStream());
    socket.getOutputStream().write(head.getBytes(ISO_8859_1));
  }

  /** Asks an {@link EndlessBackend} for a body; none of the answer is read yet. */
  public static Transfer download(WireAddress proxy, long bytes) throws IOException {
    return new Transfer(proxy, "GET /" + bytes + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  /** Begins a POST; none of the body is sent yet. */
  public static Transfer upload(WireAddress proxy, long bytes) throws IOException {
    return new Transfer(
        proxy, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + bytes + "\r\n\r\n");
  }

  /** Reads the answer; returns the length of its body. */
  public long receive() throws IOException {
    HttpLines.Head head = new HttpLines(input).next();
    if (head == null || !head.second().equals("200")) {
      throw new IOException("expected 200, was " + head);
    }
    byte[] portion = new byte[PORTION];
    for (long left = head.length(); left > 0; ) {
      int read = input.read(portion, 0, (int) Math.min(left, PORTION));
      if (read < 0) {
        throw new EOFException(left + " bytes missing");
      }
      left -= read;
    }
    return head.length();
  }

  /** Sends so many bytes of the body; blocks while nobody takes them. */
  public void send(long bytes) throws IOException {
    byte[] portion = new byte[PORTION];
    for (long left = bytes; left > 0; left -= PORTION) {
      int now = (int) Math.min(left, PORTION);
      socket.getOutputStream().write(portion, 0, now);
      sent.addAndGet(now);
    }
  }

  /** Bytes of the body that went into the socket. */
  public long sent() {
    return sent.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
