package gantry.proxy.control;

import gantry.proxy.wire.Json;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.WireException;
import gantry.proxy.wire.WireFields;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request, has it done, and answers it. Thread-safe. */
final class Commands {
  private final Steering steering;
  private final Predecessors predecessors;
  private final Life life;

  /** What a command can do to the process itself. */
  interface Life {
    /** Ends it. */
    void stop();

    /** Gives the listening sockets to the process that waits at a socket of this name. */
    void handOver(String socket) throws RefusedException;
  }

  Commands(Steering steering, Predecessors predecessors, Life life) {
    this.steering = steering;
    this.predecessors = predecessors;
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
    request.number("v", Protocol.VERSION, Protocol.VERSION);
    switch (request.text("cmd")) {
      case "apply" -> {
        apply(request);
        session.send(ok(id));
      }
      case "status" -> {
        Map<String, Object> answer = ok(id);
        answer.put("status", steering.status().with(predecessors.status()).toJson());
        session.send(answer);
      }
      case "watch" -> {
        session.send(ok(id));
        session.watch();
      }
      case "stop" -> {
        predecessors.stop();
        session.send(ok(id));
        life.stop();
      }
      case "handover" -> {
        life.handOver(request.text("socket"));
        session.send(ok(id));
      }
      default -> throw request.wrong("cmd", "one of apply, status, watch, stop, handover");
    }
  }

  /**
   * A process that has handed over gets its routes from a newer one, and must make of them what it
   * can.
   */
  private void apply(WireFields request) throws IOException, RefusedException {
    String owner = WireRoute.name(request, "owner");
    List<WireRoute> routes =
        steering.isRetired() ? WireRoute.listFrom(request) : WireRoute.strictListFrom(request);
    steering.apply(owner, routes);
    predecessors.apply(owner, routes);
  }

  private static Map<String, Object> ok(@Nullable Object id) {
    return head(id, true);
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
