package example.redis;

import gantry.api.Endpoint;
import gantry.api.Fields;
import gantry.api.check.CheckTarget;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import gantry.api.check.Verdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.pf4j.Extension;

/** The kind {@code redis}: sends PING and expects PONG. Field: {@code port}, required. */
@Extension
public final class RedisHealthCheckFactory implements HealthCheckFactory {
  @Override
  public String kind() {
    return "redis";
  }

  @Override
  public HealthCheck create(Fields fields) {
    return new RedisHealthCheck(fields.requiredInteger("port", 1, 65535));
  }

  private record RedisHealthCheck(int port) implements HealthCheck {
    private static final String EXPECTED = "+PONG";
    private static final int MAX_ANSWER_CHARS = 100;

    @Override
    public Verdict check(CheckTarget target, Duration timeout) {
      Endpoint endpoint = target.endpoint(port);
      long end = System.nanoTime() + timeout.toNanos();
      // A channel's socket is closed by an interrupt, an ordinary one is not.
      try (SocketChannel channel = SocketChannel.open()) {
        Socket socket = channel.socket();
        socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millisTo(end));
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        String answer = readLine(socket, end);
        return answer.equals(EXPECTED)
            ? Verdict.healthy()
            : Verdict.unhealthy(
                "redis at " + endpoint + " answered '" + answer + "', expected '" + EXPECTED + "'");
      } catch (SocketTimeoutException e) {
        return Verdict.unhealthy(
            "no answer from redis at " + endpoint + " within " + timeout.toMillis() + " ms");
      } catch (IOException e) {
        return Verdict.unhealthy("cannot talk to redis at " + endpoint + ": " + e.getMessage());
      }
    }

    @Override
    public String describe(CheckTarget target) {
      return "Checking redis address: " + target.endpoint(port);
    }

    @Override
    public Set<Integer> containerPorts() {
      return Set.of(port);
    }

    /** One line, up to a limit; the time that is left counts for all of its bytes together. */
    private static String readLine(Socket socket, long end) throws IOException {
      StringBuilder line = new StringBuilder();
      while (line.length() < MAX_ANSWER_CHARS) {
        socket.setSoTimeout(millisTo(end));
        int next = socket.getInputStream().read();
        if (next < 0 || next == '\n') {
          break;
        }
        if (next >= ' ' && next <= '~') {
          line.append((char) next);
        }
      }
      return line.toString();
    }

    private static int millisTo(long end) throws SocketTimeoutException {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new SocketTimeoutException("the attempt's time is over");
      }
      return (int) Math.min(millis, Integer.MAX_VALUE);
    }
  }
}
