package gantry.engine.config;

import gantry.api.Fields;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.DrainSpec;
import gantry.engine.spec.OnFailure;
import gantry.engine.spec.UpdateOrder;
import gantry.engine.spec.UpdateSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the components of one project, one after the other. */
final class ComponentReader {
  /** The registry's rule for tags. */
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}");

  private static final Pattern TAG_IN_REPO = Pattern.compile(".*:[^/:]+");
  private static final Pattern BLANK_OR_CONTROL = Pattern.compile("[\\s\\p{Cntrl}]");

  private final CheckReader checks;
  private final PortReader ports = new PortReader();

  ComponentReader(CheckReader checks) {
    this.checks = checks;
  }

  ComponentSpec read(Fields fields) {
    ComponentSpec spec =
        new ComponentSpec(
            name(fields),
            repo(fields),
            tag(fields),
            command(fields),
            ports.read(fields),
            checks.read(fields, "readyChecks"),
            fields.millis("readyTimeout", 1, Limits.HOUR_MILLIS, Limits.READY_TIMEOUT),
            EnvironmentReader.read(fields),
            update(fields),
            drain(fields));
    fields.rejectUnknown();
    return spec;
  }

  private static String name(Fields fields) {
    String name = fields.requiredText("name");
    if (isWritten(fields, "name")) {
      Names.mistakeIn(name).ifPresent(mistake -> fields.problem("name", mistake));
    }
    return name;
  }

  /** An image's repository, or a folder: what exactly is the driver's business. */
  private static String repo(Fields fields) {
    String repo = fields.requiredText("repo");
    if (BLANK_OR_CONTROL.matcher(repo).find()) {
      fields.problem("repo", "expected no blanks, found '" + repo + "'");
    } else if (repo.contains("@")) {
      fields.problem("repo", "expected no digest, found '" + repo + "'; update resolves the tag");
    } else if (TAG_IN_REPO.matcher(repo).matches()) {
      fields.problem("repo", "expected no tag, found '" + repo + "'; the tag has a field, 'tag'");
    }
    return repo;
  }

  private static String tag(Fields fields) {
    Optional<String> tag = fields.text("tag");
    if (isWritten(fields, "tag") && tag.filter(text -> !TAG.matcher(text).matches()).isPresent()) {
      fields.problem(
          "tag",
          "expected letters, digits, '_', '.' and '-', at most 128, beginning with none of '.' and"
              + " '-', found '"
              + tag.get()
              + "'");
    }
    return tag.orElse("latest");
  }

  private static List<String> command(Fields fields) {
    List<String> command = fields.texts("command");
    if (!command.isEmpty() && command.get(0).isBlank()) {
      fields.problem("command[0]", "expected a program, found '" + command.get(0) + "'");
    }
    for (int i = 0; i < command.size(); i++) {
      if (command.get(i).indexOf('\0') >= 0) {
        fields.problem("command[" + i + "]", "expected no NUL character");
      }
    }
    return command;
  }

  private static UpdateSpec update(Fields fields) {
    Optional<Fields> written = fields.object("update");
    if (written.isEmpty()) {
      return UpdateSpec.DEFAULT;
    }
    Fields update = written.get();
    int percent = percent(update);
    int parallel =
        percent > 0
            ? UpdateSpec.DEFAULT.maxParallel()
            : update.integer(
                "maxParallel", 1, Limits.PARALLEL_MAX, UpdateSpec.DEFAULT.maxParallel());
    Duration minHealthy =
        update.millis("minHealthy", 0, Limits.HOUR_MILLIS, UpdateSpec.DEFAULT.minHealthy());
    Duration keepPrevious =
        update.millis("keepPrevious", 0, Limits.DAY_MILLIS, UpdateSpec.DEFAULT.keepPrevious());
    OnFailure onFailure =
        one(
            update,
            "onFailure",
            OnFailure.values(),
            OnFailure::label,
            UpdateSpec.DEFAULT.onFailure());
    UpdateOrder order =
        one(update, "order", UpdateOrder.values(), UpdateOrder::label, UpdateSpec.DEFAULT.order());
    Duration deadline = limit(update, "progressDeadline", Limits.DAY_MILLIS);
    if (order == UpdateOrder.STOP_FIRST && !keepPrevious.isZero()) {
      update.problem(
          "keepPrevious",
          "not possible with order 'stop-first', which leaves no other container running");
    }
    update.rejectUnknown();
    return new UpdateSpec(parallel, minHealthy, keepPrevious, onFailure, percent, order, deadline);
  }

  private static DrainSpec drain(Fields fields) {
    Optional<Fields> written = fields.object("drain");
    if (written.isEmpty()) {
      return DrainSpec.DEFAULT;
    }
    Fields drain = written.get();
    Duration timeout = limit(drain, "timeout", Limits.WEEK_MILLIS);
    Duration idle = limit(drain, "idle", Limits.WEEK_MILLIS);
    drain.rejectUnknown();
    return new DrainSpec(timeout, idle);
  }

  /** Not zero, which some would take for at once and others for never. */
  private static Duration limit(Fields fields, String name, int maxMillis) {
    Duration read = fields.millis(name, 1, maxMillis, Duration.ofMillis(1));
    return fields.raw().containsKey(name) ? read : Duration.ZERO;
  }

  /** 0 when it is a number of machines, or nothing. */
  private static int percent(Fields update) {
    if (!(update.raw().get("maxParallel") instanceof String text) || !text.endsWith("%")) {
      return 0;
    }
    String digits = text.substring(0, text.length() - 1);
    boolean right = digits.matches("[1-9][0-9]?|100");
    if (!right) {
      update.problem("maxParallel", "expected 1% to 100%, found '" + text + "'");
    }
    return right ? Integer.parseInt(digits) : 100;
  }

  private static <E> E one(
      Fields fields, String name, E[] all, Function<E, String> label, E fallback) {
    String word = fields.choice(name, Stream.of(all).map(label).toList(), label.apply(fallback));
    return Stream.of(all).filter(e -> label.apply(e).equals(word)).findFirst().orElse(fallback);
  }

  /** Whether a text is there to be judged further; its absence or type was told already. */
  private static boolean isWritten(Fields fields, String name) {
    return fields.raw().get(name) instanceof String text && !text.isBlank();
  }
}
