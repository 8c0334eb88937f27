package gantry.plugin.checks;

import gantry.api.Fields;
import gantry.api.check.TerminationSignal;
import gantry.api.check.TerminationSignalFactory;
import java.util.List;
import org.pf4j.Extension;

/**
 * The kind {@code exec}: runs a command inside the container, which must exit with 0. Field: {@code
 * command}, required: the program and its arguments, without a shell.
 */
@Extension
public final class ExecTerminationSignalFactory implements TerminationSignalFactory {
  private static final String EXPECTED = "a list of texts: the program and its arguments";

  /** Called by the plugin host. */
  public ExecTerminationSignalFactory() {}

  @Override
  public String kind() {
    return "exec";
  }

  @Override
  public TerminationSignal create(Fields fields) {
    List<String> command = fields.texts("command");
    if (!fields.has("command")) {
      fields.problem("command", "missing; expected " + EXPECTED);
    } else if (fields.raw().get("command") instanceof List<?> list && list.isEmpty()) {
      fields.problem("command", "expected " + EXPECTED + ", found an empty list");
    }
    return new ExecTerminationSignal(command);
  }
}
