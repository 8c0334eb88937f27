package gantry.plugin.driver.docker;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** One HTTP/1.1 request and its response on a connection that serves nothing else. */
final class EngineExchange implements Response {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final ClassicHttpResponse head;
  private final InputStream body;
  private final Runnable closer;

  private EngineExchange(ClassicHttpResponse head, InputStream body, Runnable closer) {
    this.head = head;
    this.body = body;
    this.closer = closer;
  }

  /**
   * Sends the request and waits for the head of the response.
   *
   * @param closer frees the connection; called when the response or its body is closed
   */
  static EngineExchange send(SocketChannel channel, Request request, Runnable closer)
      throws IOException {
    if (request.hijackedInput() != null) {
      throw new UnsupportedOperationException("standard input is not supported");
    }
    byte[] content = content(request);
    write(channel, ByteBuffer.wrap(head(request, content.length)));
    write(channel, ByteBuffer.wrap(content));
    return receive(Channels.newInputStream(channel), closer);
  }

  private static EngineExchange receive(InputStream in, Runnable closer) throws IOException {
    SessionInputBuffer buffer = new SessionInputBufferImpl(BUFFER_BYTES);
    try {
      ClassicHttpResponse head = new DefaultHttpResponseParser().parse(buffer, in);
      if (head == null) {
        throw new IOException("the engine closed the connection without an answer");
      }
      return new EngineExchange(head, body(head, buffer, in), closer);
    } catch (HttpException e) {
      throw new IOException("the engine's answer is not HTTP: " + e.getMessage(), e);
    }
  }

  private static byte[] content(Request request) throws IOException {
    InputStream body = request.body();
    return body == null ? new byte[0] : body.readAllBytes();
  }

  private static byte[] head(Request request, int contentLength) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
    head.append("Host: docker\r\nConnection: close\r\nUser-Agent: gantry\r\n");
    head.append("Content-Length: ").append(contentLength).append("\r\n");
    request
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static InputStream body(
      ClassicHttpResponse head, SessionInputBuffer buffer, InputStream in) {
    if (head.getCode() == 204 || head.getCode() == 304) {
      return InputStream.nullInputStream();
    }
    Header coding = head.getFirstHeader("Transfer-Encoding");
    if (coding != null && "chunked".equalsIgnoreCase(coding.getValue())) {
      return new ChunkedInputStream(buffer, in);
    }
    Header length = head.getFirstHeader("Content-Length");
    return length == null
        ? new IdentityInputStream(buffer, in)
        : new ContentLengthInputStream(buffer, in, Long.parseLong(length.getValue().strip()));
  }

  @Override
  public int getStatusCode() {
    return head.getCode();
  }

  @Override
  public Map<String, List<String>> getHeaders() {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : head.getHeaders()) {
      headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
    }
    return headers;
  }

  @Override
  public InputStream getBody() {
    return new FilterInputStream(body) {
      @Override
      public void close() {
        // Not the stream's own close: that would read on to the end, and events have none.
        EngineExchange.this.close();
      }
    };
  }

  @Override
  public void close() {
    closer.run();
  }
}
