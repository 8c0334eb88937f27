package gantry.proxy.control;

import gantry.proxy.wire.Json;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.WireException;
import gantry.proxy.wire.WireFields;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request, has it done, and answers it. Thread-safe. */
final class Commands {
  private final Steering steering;
  private final Runnable stop;

  Commands(Steering steering, Runnable stop) {
    this.steering = steering;
    this.stop = stop;
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
        steering.apply(WireRoute.name(request, "owner"), WireRoute.strictListFrom(request));
        session.send(ok(id));
      }
      case "status" -> {
        Map<String, Object> answer = ok(id);
        answer.put("status", steering.status().toJson());
        session.send(answer);
      }
      case "watch" -> {
        session.send(ok(id));
        session.watch();
      }
      case "stop" -> {
        session.send(ok(id));
        stop.run();
      }
      default -> throw request.wrong("cmd", "one of apply, status, watch, stop");
    }
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
