package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.cli.demo.Demo;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole product. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows it all in half a minute, with nothing but this machine: three agents with their proxies"
          + " run a sample, which is updated under traffic; then a broken release is tried.",
      "Leaves nothing behind. Ends with code 1 if a promise was broken.",
    })
final class DemoCommand implements Callable<Integer> {
  private static final int BROKEN = 1;
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where the machines listen (default: the first free one from 8080 on).")
  @Nullable Integer port;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "${env:GANTRY_OUTPUT:-table}",
      description = "table or json: only the figures (GANTRY_OUTPUT; default: table).")
  OutputFormat output = OutputFormat.TABLE;

  @SuppressWarnings("NullAway.Init") // picocli
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean json = output == OutputFormat.JSON;
    PrintWriter story = json ? new PrintWriter(Writer.nullWriter()) : out;
    Demo.Result result = Demo.run(home(), story, port());
    if (json) {
      JsonAnswer.print(out, result.figures());
    }
    return result.kept() ? 0 : BROKEN;
  }

  private OptionalInt port() {
    if (port == null) {
      return OptionalInt.empty();
    }
    if (port < 1 || port > MAX_PORT) {
      throw new GantryException(
          ErrorCode.USAGE, "--port: expected 1 to " + MAX_PORT + ", found " + port);
    }
    return OptionalInt.of(port);
  }

  private static Path home() {
    return Installation.home()
        .orElseThrow(
            () ->
                new GantryException(
                    ErrorCode.USAGE,
                    "the demo runs the programs of an installation, and this is none",
                    "bin/gantry demo, or ./gantry demo in a checkout",
                    null));
  }
}
