package gantry.proxy.traffic.websocket;

import java.util.List;
import java.util.Map;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import me.normanmaurer.maven.autobahntestsuite.FuzzingCaseResult;

/**
 * Autobahn's fuzzing client as a program, because its reactor runs only once in a process. Prints a
 * line for each case, and leaves its own report in the folder that it is started in.
 */
public final class FuzzingClient {
  /** What the lines of results begin with. */
  static final String MARK = "case ";

  private static final Map<String, Object> RFC_6455 = Map.of("version", 18);

  private FuzzingClient() {}

  /** The first argument is a URL, the others are cases such as {@code 1.*}. */
  public static void main(String[] args) {
    List<String> cases = List.of(args).subList(1, args.length);
    for (FuzzingCaseResult result :
        AutobahnTestSuite.runFuzzingClient("server", args[0], RFC_6455, cases, List.of())) {
      System.out.println(
          MARK + result.caseName() + " " + result.behavior() + " " + result.behaviorClose());
    }
    System.exit(0); // Jython's threads would keep it alive
  }
}
