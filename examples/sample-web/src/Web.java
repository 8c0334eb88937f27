import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * The demo's component: HTTP/1.1 on {@code $PORT}, keep-alive without any limit of its own, so that
 * whatever ends a connection, it is not this server. Its behaviour beside this file: {@code VERSION}
 * and, when it is meant to fail, {@code BROKEN} with the reason.
 */
public final class Web {
  private static final int BACKLOG = 1024;
  private static final int MAX_LINE_BYTES = 8192;
  private static final int MAX_HEADERS = 100;

  private final String name;
  private final String broken;

  private Web(Path folder) throws IOException {
    this.name = Files.readString(folder.resolve("VERSION")).strip() + " " + ProcessHandle.current().pid();
    Path reason = folder.resolve("BROKEN");
    this.broken = Files.exists(reason) ? Files.readString(reason).strip() : "";
  }

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : ".");
    int port = Integer.parseInt(env("PORT", "8080"));
    InetAddress host = InetAddress.getByName(env("HOST", "127.0.0.1"));
    Web web = new Web(folder);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(web.name + " stopping")));
    try (ServerSocket server = new ServerSocket(port, BACKLOG, host)) {
      System.out.println(web.name + " listening on " + server.getLocalSocketAddress());
      if (!web.broken.isEmpty()) {
        System.err.println(web.name + " ERROR: " + web.broken);
      }
      web.accept(server);
    }
  }

  private static String env(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null ? otherwise : value;
  }

  private void accept(ServerSocket server) throws IOException {
    // One thread for each connection: with small stacks, thousands cost little, and answers are
    // faster than on virtual threads.
    Executor threads = Executors.newCachedThreadPool();
    while (true) {
      Socket socket = server.accept();
      threads.execute(() -> serve(socket));
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      while (answer(in, out)) {
        out.flush();
      }
      out.flush();
    } catch (IOException e) {
      // The client went away: there is nobody left to tell.
    }
  }

  /** Reads one request and answers it; false when the connection is to be closed after that. */
  private boolean answer(InputStream in, OutputStream out) throws IOException {
    String line = line(in);
    if (line == null) {
      return false;
    }
    String[] request = line.split(" ");
    if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
      return reply(out, "400 Bad Request", "not an HTTP/1 request", false, false);
    }
    boolean keep = request[2].equals("HTTP/1.1");
    long body = 0;
    int headers = 0;
    for (String header = line(in); ; header = line(in)) {
      if (header == null) {
        return false;
      }
      if (header.isEmpty()) {
        break;
      }
      String lower = header.toLowerCase(Locale.ROOT).replace(" ", "");
      if (lower.startsWith("transfer-encoding:") || ++headers > MAX_HEADERS) {
        return reply(out, "400 Bad Request", "not supported here", false, false);
      }
      if (lower.startsWith("connection:")) {
        keep = lower.contains("keep-alive") || keep && !lower.contains("close");
      }
      if (lower.startsWith("content-length:")) {
        body = Long.parseLong(lower.substring(lower.indexOf(':') + 1));
      }
    }
    in.skipNBytes(body);
    return respond(request, out, keep);
  }

  private boolean respond(String[] request, OutputStream out, boolean keep) throws IOException {
    boolean head = request[0].equals("HEAD");
    if (!head && !request[0].equals("GET")) {
      return reply(out, "405 Method Not Allowed", "only GET and HEAD", head, keep);
    }
    if (!broken.isEmpty()) {
      return reply(out, "503 Service Unavailable", broken, head, keep);
    }
    switch (request[1].split("\\?")[0]) {
      case "/":
        return reply(out, "200 OK", name, head, keep);
      case "/stream":
        stream(out);
        return false;
      default:
        return reply(out, "404 Not Found", "no such page", head, keep);
    }
  }

  private static boolean reply(OutputStream out, String status, String text, boolean head, boolean keep)
      throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    String lines =
        "HTTP/1.1 " + status
            + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + body.length
            + (keep ? "\r\nConnection: keep-alive" : "\r\nConnection: close") + "\r\n\r\n";
    out.write(lines.getBytes(StandardCharsets.US_ASCII));
    if (!head) {
      out.write(body);
    }
    return keep;
  }

  /** One chunk each second until the client goes away. */
  private void stream(OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    for (long second = 0; ; second++) {
      byte[] line = (name + " " + second + "\n").getBytes(StandardCharsets.UTF_8);
      out.write((Integer.toHexString(line.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(line);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      try {
        Thread.sleep(1000);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** One line without its end; null at the end of the connection. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
      }
      if (line.length() >= MAX_LINE_BYTES) {
        throw new IOException("line too long");
      }
      line.append((char) next);
    }
    return null;
  }
}
