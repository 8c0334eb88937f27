package gantry.engine.config;

import gantry.api.Fields;
import gantry.api.Nearest;
import gantry.api.Problems;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import gantry.engine.plugin.Extensions;
import gantry.engine.spec.CheckSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads checks; their plugins judge the kinds' own fields. */
final class CheckReader {
  private final Extensions extensions;
  private final Problems problems;
  private final Mistakes mistakes;

  CheckReader(Extensions extensions, Problems problems, Mistakes mistakes) {
    this.extensions = extensions;
    this.problems = problems;
    this.mistakes = mistakes;
  }

  List<CheckSpec> read(Fields component, String name) {
    List<CheckSpec> checks = new ArrayList<>();
    for (Fields fields : component.objects(name)) {
      checks.add(check(fields));
    }
    return checks;
  }

  private CheckSpec check(Fields fields) {
    String kind = fields.requiredText("kind");
    Duration timeout = fields.millis("timeout", 1, 10 * Limits.MINUTE_MILLIS, Limits.CHECK_TIMEOUT);
    HealthCheckFactory factory = extensions.checks().get(kind);
    Fields own = fields.without("kind", "timeout");
    if (factory != null) {
      create(factory, kind, own);
      own.rejectUnknown();
    } else if (fields.raw().get("kind") instanceof String written && !written.isBlank()) {
      fields.problem("kind", unknownKind(kind, extensions.checks().keySet()));
    }
    return new CheckSpec(kind, timeout, withoutNulls(own.raw()));
  }

  /** Nothing may stay unchecked that the user believes to be checked. */
  static String unknownKind(String kind, Set<String> known) {
    return "unknown kind '"
        + kind
        + "'; known kinds: "
        + (known.isEmpty() ? "none" : String.join(", ", known))
        + Nearest.hint(kind, known)
        + "; a check that cannot run never counts as passed";
  }

  /** Makes the check, or records why its plugin could not. */
  @SuppressWarnings("ConstantValue") // a plugin need not keep to the contract
  @Nullable HealthCheck create(HealthCheckFactory factory, String kind, Fields own) {
    try {
      HealthCheck check = factory.create(own);
      if (check == null) {
        problems.add(own.place(), "the plugin of kind '" + kind + "' made no check");
      }
      return check;
    } catch (RuntimeException e) {
      problems.add(own.place(), "the plugin of kind '" + kind + "' failed: " + e);
      mistakes.causedBy(e);
      return null;
    }
  }

  /** Each null was told as a mistake already. */
  private static Map<String, Object> withoutNulls(Map<String, ?> fields) {
    Map<String, Object> values = new LinkedHashMap<>(fields);
    values.values().removeIf(value -> value == null);
    return values;
  }
}
