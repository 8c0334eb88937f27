package gantry.proxy.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes messages on a socket, as plainly as possible. */
final class Wire {
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");
  private static final Pattern CHUNKED = Pattern.compile("\r\ntransfer-encoding: *chunked\r\n");

  private final Socket socket;
  private final InputStream in;
  private final Collection<String> heads;
  private String head = "";

  Wire(Socket socket, Collection<String> heads) throws IOException {
    this.socket = socket;
    this.in = new java.io.BufferedInputStream(socket.getInputStream());
    this.heads = heads;
  }

  Wire(Socket socket) throws IOException {
    this(socket, new java.util.ArrayList<>(List.of()));
  }

  Socket socket() {
    return socket;
  }

  void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The next head with its empty line; null when the peer has ended instead. */
  @Nullable String readHead() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n", Math.max(0, text.length() - 4)) < 0) {
      int octet = in.read();
      if (octet < 0) {
        if (text.isEmpty()) {
          return null;
        }
        throw new EOFException("in the head: " + text);
      }
      text.append((char) octet);
    }
    head = text.toString();
    heads.add(head);
    return head;
  }

  /** The body that belongs to the last head, without the framing of chunks. */
  byte[] readBody() throws IOException {
    String small = head.toLowerCase(Locale.ROOT);
    Matcher length = LENGTH.matcher(small);
    if (length.find()) {
      return readExactly(Integer.parseInt(length.group(1)));
    }
    return CHUNKED.matcher(small).find() ? readChunks() : new byte[0];
  }

  void skipBody() throws IOException {
    byte[] skipped = readBody();
    if (skipped.length == Integer.MAX_VALUE) {
      throw new IOException("too long");
    }
  }

  byte[] readExactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException(bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  /** Everything up to the end. */
  byte[] readAll() throws IOException {
    return in.readAllBytes();
  }

  int read() throws IOException {
    return in.read();
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(readLine().replaceAll(";.*", ""), 16);
      if (size == 0) {
        while (!readLine().isEmpty()) {}
        return body.toByteArray();
      }
      body.writeBytes(readExactly(size));
      if (!readLine().isEmpty()) {
        throw new IOException("no line end behind a chunk");
      }
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.indexOf("\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("in a line: " + line);
      }
      line.append((char) octet);
    }
    return line.substring(0, line.length() - 2);
  }
}
