package gantry.engine.config;

import gantry.api.Fields;
import gantry.api.check.CheckTarget;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import gantry.api.check.Verdict;
import gantry.engine.plugin.Extensions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Check kinds with the fields of the shipped ones, and one that fails. */
final class TestExtensions {
  private TestExtensions() {}

  static Extensions standard() {
    return new Extensions(
        Map.of(
            "http", factory("http", TestExtensions::http),
            "tcp", factory("tcp", fields -> new PortCheck(port(fields))),
            "broken", factory("broken", TestExtensions::fail)),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  static Extensions none() {
    return new Extensions(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  private static HealthCheck http(Fields fields) {
    fields.text("path");
    fields.integer("expect", 100, 599, 200);
    return new PortCheck(port(fields));
  }

  private static int port(Fields fields) {
    return fields.requiredInteger("port", 1, 65535);
  }

  private static HealthCheck fail(Fields fields) {
    throw new IllegalStateException("no luck at " + fields.place());
  }

  private static HealthCheckFactory factory(String kind, Function<Fields, HealthCheck> create) {
    return new HealthCheckFactory() {
      @Override
      public String kind() {
        return kind;
      }

      @Override
      public HealthCheck create(Fields fields) {
        return create.apply(fields);
      }
    };
  }

  record PortCheck(int port) implements HealthCheck {
    @Override
    public Verdict check(CheckTarget target, Duration timeout) {
      return Verdict.healthy();
    }

    @Override
    public String describe(CheckTarget target) {
      return "port " + port;
    }

    @Override
    public Set<Integer> containerPorts() {
      return Set.of(port);
    }
  }
}
