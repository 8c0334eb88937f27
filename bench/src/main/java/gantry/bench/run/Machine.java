package gantry.bench.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where and with what something was measured.
 *
 * @param commit of the checkout, with {@code +} when files differ from it
 * @param versions of the programs, by name
 */
public record Machine(
    String cpu,
    int processors,
    String kernel,
    String java,
    String commit,
    Map<String, String> versions) {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Asks the kernel, git, and the proxies and their clients. */
  public static Machine ask(Scratch scratch, Path checkout) {
    Map<String, List<String>> programs = new LinkedHashMap<>();
    programs.put("HAProxy", List.of("haproxy", "-v"));
    programs.put("nginx", List.of("nginx", "-v"));
    programs.put("Caddy", List.of("caddy", "version"));
    programs.put("wrk", List.of("sh", "-c", "wrk -v || true"));
    programs.put("iperf3", List.of("iperf3", "--version"));
    return ask(scratch, checkout, programs);
  }

  /**
   * Asks the kernel, git and some programs.
   *
   * @param programs by name, what makes each print its version
   */
  public static Machine ask(Scratch scratch, Path checkout, Map<String, List<String>> programs) {
    return new Machine(
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor") + " " + Runtime.version(),
        commit(scratch, checkout),
        versions(scratch, programs));
  }

  /** Name and value of each, in the order in which they are shown. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("CPU", cpu + ", " + processors + " processors");
    facts.put("kernel", kernel);
    facts.put("Gantry", commit);
    facts.put("Java", java);
    facts.putAll(versions);
    return facts;
  }

  private static String cpuModel() {
    return ProcFiles.lines("/proc/cpuinfo").stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private static String commit(Scratch scratch, Path checkout) {
    String head = ask(scratch, "git", "-C", checkout.toString(), "rev-parse", "--short=12", "HEAD");
    String changes =
        ask(scratch, "git", "-C", checkout.toString(), "status", "--porcelain", "-uno");
    return "commit " + head + (changes.isEmpty() ? "" : "+");
  }

  private static Map<String, String> versions(Scratch scratch, Map<String, List<String>> programs) {
    Map<String, String> versions = new LinkedHashMap<>();
    programs.forEach(
        (name, command) ->
            versions.put(name, version(ask(scratch, command.toArray(String[]::new)))));
    return versions;
  }

  /** The first word of the first line that has a digit. */
  private static String version(String output) {
    return List.of(output.lines().findFirst().orElse("").split("[ /]+", -1)).stream()
        .filter(word -> word.matches(".*[0-9].*"))
        .findFirst()
        .orElse("unknown");
  }

  private static String ask(Scratch scratch, String... command) {
    try {
      return Child.run(scratch, command[0], LIMIT, List.of(command)).strip();
    } catch (BenchException notThere) {
      return "unknown";
    }
  }
}
