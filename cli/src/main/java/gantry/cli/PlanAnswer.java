package gantry.cli;

import gantry.engine.Difference;
import gantry.engine.Forecast;
import gantry.engine.Forecast.Against;
import gantry.engine.Forecast.MachineForecast;
import gantry.engine.store.Drain;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an update would do, for humans or for programs. */
final class PlanAnswer {
  private final PrintWriter out;

  PlanAnswer(PrintWriter out) {
    this.out = out;
  }

  void print(List<Forecast> forecasts, boolean json) {
    if (json) {
      JsonAnswer.print(out, forecasts.stream().map(PlanAnswer::json).toList());
    } else {
      forecasts.forEach(this::print);
      out.println("Nothing was changed.");
      out.flush();
    }
  }

  private void print(Forecast forecast) {
    out.printf(
        "Component %s: revision %d (%s %s)%n",
        forecast.spec().name(),
        forecast.number(),
        forecast.image().reference(),
        forecast.image().briefId());
    forecast.differences().forEach(this::print);
    if (forecast.machines().isEmpty()) {
      out.println("  no machine runs it yet");
      return;
    }
    Table table = new Table(false, "MACHINE", "REVISION", "DRAIN WAITS FOR", "WOULD", "WHY");
    for (MachineForecast machine : forecast.machines()) {
      table.row(
          machine.machine(),
          machine.revision() == 0 ? "-" : Long.toString(machine.revision()),
          machine.drain().map(PlanAnswer::drain).orElse("-"),
          machine.does(),
          machine.why());
    }
    table.print(out);
  }

  private void print(Against against) {
    if (against.fields().isEmpty()) {
      out.printf(
          "  same as revision %d: containers are replaced all the same%n", against.revision());
      return;
    }
    out.printf("  against revision %d:%n", against.revision());
    for (Difference field : against.fields()) {
      out.printf("    %s: %s -> %s%n", field.field(), or(field.before()), or(field.after()));
    }
  }

  private static String or(String value) {
    return value.isEmpty() ? "(none)" : value;
  }

  /** {@code 3 connections, the oldest 4 hours}. */
  private static String drain(Drain drain) {
    return RolloutDrawing.connections(drain.connections())
        + ", the oldest "
        + Ages.words(Duration.ofSeconds(drain.oldestSeconds()));
  }

  private static Map<String, Object> json(Forecast forecast) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("component", forecast.spec().name());
    json.put("revision", forecast.number());
    json.put("image", forecast.image().reference());
    json.put("imageId", forecast.image().id());
    json.put("digest", forecast.image().digest().orElse(""));
    json.put("machines", forecast.machines().stream().map(PlanAnswer::json).toList());
    json.put("differences", forecast.differences().stream().map(PlanAnswer::json).toList());
    return json;
  }

  private static Map<String, Object> json(MachineForecast machine) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine.machine());
    json.put("revision", machine.revision());
    json.put("does", machine.does());
    json.put("why", machine.why());
    json.put("connections", machine.drain().map(Drain::connections).orElse(0L));
    json.put("oldestSeconds", machine.drain().map(Drain::oldestSeconds).orElse(0L));
    return json;
  }

  private static Map<String, Object> json(Against against) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("revision", against.revision());
    json.put("fields", against.fields().stream().map(PlanAnswer::json).toList());
    return json;
  }

  private static Map<String, Object> json(Difference field) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("field", field.field());
    json.put("before", field.before());
    json.put("after", field.after());
    return json;
  }
}
