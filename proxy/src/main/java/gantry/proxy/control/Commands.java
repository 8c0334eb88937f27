package gantry.proxy.control;

import gantry.proxy.wire.ConnectionQuery;
import gantry.proxy.wire.Json;
import gantry.proxy.wire.Nearest;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireException;
import gantry.proxy.wire.WireFields;
import gantry.proxy.wire.WireRoute;
import gantry.proxy.wire.WireStatus;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a request, has it done, and answers it. Thread-safe. */
final class Commands {
  private final Steering steering;
  private final Predecessors predecessors;
  private final Retuning retuning;
  private final Life life;

  /** What a command can do to the process itself. */
  interface Life {
    /** Ends it. */
    void stop();

    /** Gives the listening sockets to the process that waits at a socket of this name. */
    void handOver(String socket) throws RefusedException;
  }

  Commands(Steering steering, Predecessors predecessors, Retuning retuning, Life life) {
    this.steering = steering;
    this.predecessors = predecessors;
    this.retuning = retuning;
    this.life = life;
  }

  void answer(String line, ControlSession session) throws IOException {
    @Nullable Object id = null;
    try {
      WireFields request = new WireFields("", Json.parseObject(line));
      id = request.values().get("id");
      perform(request, id, session);
    } catch (WireException e) {
      session.send(error(id, Protocol.BAD_REQUEST, e));
    } catch (RefusedException e) {
      session.send(error(id, e.code(), e));
    }
  }

  private void perform(WireFields request, @Nullable Object id, ControlSession session)
      throws IOException, RefusedException {
    String command = request.text("cmd");
    if (!command.equals("hello")) {
      request.number("v", Protocol.VERSION, Protocol.VERSION);
    }
    Map<String, Object> answer = head(id, true);
    switch (command) {
      case "watch" -> {
        session.send(answer);
        session.watch();
      }
      case "stop" -> {
        answer.put("connections", ended(request));
        predecessors.stop();
        session.send(answer);
        life.stop();
      }
      default -> {
        tell(command, request, answer);
        session.send(answer);
      }
    }
  }

  /** The commands that are done when they are answered. */
  private void tell(String command, WireFields request, Map<String, Object> answer)
      throws WireException, RefusedException {
    switch (command) {
      case "hello" -> answer.putAll(Hello.of(steering, retuning));
      case "apply" -> apply(request);
      case "status" -> answer.put("status", status().toJson());
      case "routes" -> answer.put("owners", WireStatus.ownersJson(steering.status().routes()));
      case "connections" ->
          answer.putAll(
              new ConnectionsAnswer(steering, predecessors).to(ConnectionQuery.from(request)));
      case "metrics" -> metrics(request, answer);
      case "handover" -> life.handOver(request.text("socket"));
      default ->
          throw new WireException(
              "cmd: unknown command \""
                  + command
                  + "\"; known commands: "
                  + String.join(", ", Protocol.COMMANDS)
                  + Nearest.hint(command, Protocol.COMMANDS));
    }
  }

  /**
   * A process that has handed over gets its routes from a newer one, and must make of them what it
   * can.
   */
  private void apply(WireFields request) throws WireException, RefusedException {
    String owner = WireRoute.name(request, "owner");
    List<WireRoute> routes =
        steering.isRetired() ? WireRoute.listFrom(request) : WireRoute.strictListFrom(request);
    steering.apply(owner, routes);
    predecessors.apply(owner, routes);
  }

  /** What is so, older processes included. */
  private WireStatus status() throws RefusedException {
    return steering.status().with(predecessors.status());
  }

  /** How many connections a stop ends, if it may. */
  private long ended(WireFields request) throws WireException, RefusedException {
    long older = status().older().stream().mapToLong(WireStatus.Older::connections).sum();
    long open = older + steering.clients();
    if (open > 0 && request.flag("whenIdle", false)) {
      throw new RefusedException(
          Protocol.BUSY, (open == 1 ? "1 connection is" : open + " connections are") + " open");
    }
    return open;
  }

  private void metrics(WireFields request, Map<String, Object> answer)
      throws WireException, RefusedException {
    if (request.has("listen")) {
      String text = request.text("listen");
      try {
        retuning.serveMetrics(
            text.equals("off") ? Optional.empty() : Optional.of(Tuning.metrics(text)));
      } catch (IllegalArgumentException e) {
        throw request.wrong("listen", "a port, HOST:PORT with a literal address, or off");
      } catch (IOException e) {
        throw new RefusedException(Protocol.LISTENER_TAKEN, String.valueOf(e.getMessage()), e);
      }
    }
    answer.put("listen", retuning.metrics().map(WireAddress::toString).orElse("off"));
  }

  private static Map<String, Object> error(@Nullable Object id, String code, Exception e) {
    Map<String, Object> answer = head(id, false);
    answer.put("error", Map.of("code", code, "message", String.valueOf(e.getMessage())));
    return answer;
  }

  private static Map<String, Object> head(@Nullable Object id, boolean ok) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("v", Protocol.VERSION);
    if (id != null) {
      answer.put("id", id);
    }
    answer.put("ok", ok);
    return answer;
  }
}
