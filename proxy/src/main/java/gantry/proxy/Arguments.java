package gantry.proxy;

import gantry.proxy.control.ProxySettings;
import gantry.proxy.control.Tuning;
import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.Nearest;
import gantry.proxy.wire.WireAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The command line, read by hand: a parser would cost more of the start than all the rest. */
final class Arguments {
  static final String USAGE =
      """
      usage: gantry-proxy --state-dir DIR [OPTION]...
             gantry-proxy --routes FILE [--state-dir DIR] [OPTION]...
             gantry-proxy --check FILE

      Runs the proxy of this machine in the foreground, one per state folder.

        --state-dir DIR   its files are in DIR/proxy: control.sock takes commands,
                          routes.json keeps the routes over a restart, proxy.log
                          says what happened. Without it, a folder of the routes'
                          file in $XDG_RUNTIME_DIR or the temporary folder.
        --routes FILE     keeps the routes of this file in force, and follows its
                          changes; a bad one is logged and changes nothing
        --check FILE      says whether such a file is good, and ends: 0 or 3
        --metrics [HOST:]PORT
                          serves figures for Prometheus on http://HOST:PORT/metrics;
                          without HOST on 127.0.0.1
        --transport NAME  io_uring, epoll, or auto (default: the best there is)
        --loops N         event loops, 1 to 64 (default: one per processor, at
                          most 8)
        --grace TIME      on SIGTERM: accept no more, and give open connections
                          this long to end, such as 30s, 5m or 500ms (default: 0s)
        --upgrade         takes over from the proxy that runs on the folder: it hands
                          over its listening sockets, keeps the connections that
                          it has and ends with the last of them
        --version         says which version this is
        --help            says this

      Exit codes: 0 stopped on request, 2 wrong arguments, 3 bad file of routes,
      4 cannot run (another proxy runs on this folder, an address is taken).

      Example of a file:
        {"routes": [{"listener": {"host": "0.0.0.0", "port": 80}, "kind": "http",
                     "backends": [{"host": "127.0.0.1", "port": 8080}]}]}
      """;

  private static final List<String> WITH_VALUE =
      List.of(
          "--state-dir", "--routes", "--check", "--metrics", "--transport", "--loops", "--grace");

  private static final List<String> ALONE = List.of("--help", "--version", "--upgrade");

  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /** What is wrong with a command line. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  /** Reads {@code --name value} and {@code --name=value}. */
  static Arguments of(String... args) throws UsageException {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      String name = equals < 0 ? args[i] : args[i].substring(0, equals);
      @Nullable String value = equals < 0 ? null : args[i].substring(equals + 1);
      if (WITH_VALUE.contains(name) && value == null) {
        i++;
        value = i < args.length ? args[i] : "";
      }
      put(values, name, value);
    }
    return new Arguments(values);
  }

  private static void put(Map<String, String> values, String name, @Nullable String value)
      throws UsageException {
    boolean alone = ALONE.contains(name);
    if (!alone && !WITH_VALUE.contains(name)) {
      throw new UsageException("unknown option '" + name + "'" + Nearest.hint(name, names()));
    }
    if (alone == (value != null)) {
      throw new UsageException(name + ": takes no value, found '" + value + "'");
    }
    if (!alone && String.valueOf(value).isBlank()) {
      throw new UsageException(name + ": its value is missing");
    }
    if (values.put(name, value == null ? "" : value) != null) {
      throw new UsageException(name + ": given twice");
    }
  }

  private static List<String> names() {
    return java.util.stream.Stream.concat(WITH_VALUE.stream(), ALONE.stream()).toList();
  }

  /** Whether this option without a value was given. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The file to check, when that is all that is wanted. */
  Optional<Path> check() throws UsageException {
    if (has("--check") && values.size() > 1) {
      throw new UsageException("--check: stands alone");
    }
    return path("--check");
  }

  /** How to run. */
  ProxySettings settings() throws UsageException {
    if (!has("--state-dir") && !has("--routes")) {
      throw new UsageException("--state-dir or --routes is missing");
    }
    Tuning tuning = new Tuning(transport(), loops(), metrics(), grace());
    return new ProxySettings(path("--state-dir"), path("--routes"), tuning, has("--upgrade"));
  }

  private Optional<Path> path(String name) {
    return Optional.ofNullable(values.get(name)).map(Path::of);
  }

  private Optional<Transport> transport() throws UsageException {
    return read("--transport", Tuning::transport, "");
  }

  private Optional<WireAddress> metrics() throws UsageException {
    return read(
        "--metrics",
        Tuning::metrics,
        "a port, or HOST:PORT with a literal address of this machine");
  }

  private Optional<Integer> loops() throws UsageException {
    return read("--loops", Arguments::loops, "a whole number from 1 to " + Tuning.MAX_LOOPS);
  }

  private Optional<Duration> grace() throws UsageException {
    return read("--grace", Arguments::duration, "a time such as 30s, 5m, 1h or 500ms");
  }

  private <T> Optional<T> read(String name, Function<String, T> reader, String expected)
      throws UsageException {
    @Nullable String text = values.get(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      String wanted = expected.isEmpty() ? String.valueOf(e.getMessage()) : expected;
      throw new UsageException(name + ": expected " + wanted + ", found '" + text + "'");
    }
  }

  private static int loops(String text) {
    int loops = Integer.parseInt(text);
    if (loops < 1 || loops > Tuning.MAX_LOOPS) {
      throw new IllegalArgumentException("out of bounds");
    }
    return loops;
  }

  /** A number alone is seconds, as in the other commands. */
  private static Duration duration(String text) {
    String unit = text.replaceFirst("^[0-9]{1,9}", "");
    if (unit.length() == text.length()) {
      throw new IllegalArgumentException("no number");
    }
    long number = Long.parseLong(text.substring(0, text.length() - unit.length()));
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "", "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> throw new IllegalArgumentException("no unit");
    };
  }
}
