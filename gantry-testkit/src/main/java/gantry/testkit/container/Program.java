package gantry.testkit.container;

import java.util.Map;

/**
 * What an image of the contract does when it runs. {@link #files()} is the same program for real
 * drivers: it needs nothing but {@code /bin/sh} and {@code busybox} on the path.
 */
public sealed interface Program {
  /**
   * Files by relative path: what the image holds. {@code run} is its program and must be
   * executable.
   */
  Map<String, String> files();

  /**
   * Answers {@code GET /} with a text until SIGTERM.
   *
   * @param port the container port; where {@code PORT_<port>} is set, that one on 127.0.0.1 instead
   */
  record Serves(String text, int port) implements Program {
    @Override
    public Map<String, String> files() {
      String script =
          """
          #!/bin/sh
          trap 'kill $!; exit 0' TERM
          busybox httpd -f -p "${PORT_%1$d:+127.0.0.1:}${PORT_%1$d:-%1$d}" -h "${0%%/*}/www" &
          echo started
          wait $!
          """
              .formatted(port);
      return Map.of("run", script, "www/index.html", text);
    }
  }

  /** Writes a line to standard error and ends. */
  record ExitsAtOnce(String line, int code) implements Program {
    @Override
    public Map<String, String> files() {
      return Map.of("run", "#!/bin/sh\necho '%s' >&2\nexit %d\n".formatted(line, code));
    }
  }

  /** Writes {@code started} and does not care about SIGTERM. */
  record IgnoresTerm() implements Program {
    @Override
    public Map<String, String> files() {
      String script =
          """
          #!/bin/sh
          trap '' TERM
          echo started
          while :; do busybox sleep 0.2; done
          """;
      return Map.of("run", script);
    }
  }

  /** Writes {@code started}; on SIGTERM works on for 0.3 s, writes {@code bye} and ends. */
  record EndsOnTerm(int code) implements Program {
    @Override
    public Map<String, String> files() {
      String script =
          """
          #!/bin/sh
          trap 'busybox sleep 0.3; echo bye; exit %d' TERM
          echo started
          while :; do busybox sleep 60 & wait $!; kill $! 2>/dev/null; done
          """
              .formatted(code);
      return Map.of("run", script);
    }
  }
}
