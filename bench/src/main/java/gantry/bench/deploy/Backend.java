package gantry.bench.deploy;

import gantry.bench.run.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/**
 * A server, as a process of its own, that says its name: to every HTTP request, when a WebSocket is
 * opened, and to whoever greets it. After the latter two it sends back each line behind its name.
 */
final class Backend {
  /** The field with a request's number. */
  static final String REQUEST = "X-Request";

  /** The line that opens a connection which is not HTTP. */
  static final String GREETING = "LINES";

  private static final int BACKLOG = 4096;

  private final String name;
  private final Arrivals arrivals;

  private Backend(String name, Arrivals arrivals) {
    this.name = name;
    this.arrivals = arrivals;
  }

  /** Arguments: name, port, file of the arrivals. Serves until it is killed. */
  public static void main(String[] args) throws IOException {
    Backend backend = new Backend(args[0], Arrivals.in(Path.of(args[2])));
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(Ports.ADDRESS, Integer.parseInt(args[1])), BACKLOG);
      for (; ; ) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> backend.serve(client));
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      serve(new TextStream(client.getInputStream(), client.getOutputStream()));
    } catch (IOException gone) {
      // The client is the one who counts what is lost.
    }
  }

  private void serve(TextStream stream) throws IOException {
    String first = stream.line();
    if (first.equals(GREETING)) {
      echo(stream);
      return;
    }
    while (answer(stream)) {
      stream.line(); // the next request's first one, or the end
    }
  }

  /** Returns whether the connection goes on with HTTP. */
  private boolean answer(TextStream stream) throws IOException {
    List<String> fields = stream.head();
    if (!TextStream.field(fields, "Upgrade").isEmpty()) {
      stream.write(Handshake.answer());
      echo(stream);
      return false;
    }
    String request = TextStream.field(fields, REQUEST);
    if (!request.isEmpty()) {
      arrivals.mark(Long.parseLong(request));
    }
    boolean last = TextStream.field(fields, "Connection").equalsIgnoreCase("close");
    stream.write(
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n%s"
            .formatted(name.length(), last ? "Connection: close\r\n" : "", name));
    return !last;
  }

  private void echo(TextStream stream) throws IOException {
    stream.write(name + "\n");
    for (; ; ) {
      stream.write(name + " " + stream.line() + "\n");
    }
  }
}
