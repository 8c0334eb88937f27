package gantry.cli;

import org.junit.jupiter.api.Test;

/** A command line that cannot be understood: exit code 2, why, and the nearest that can. */
class UsageTest {
  @Test
  void anUnknownCommandSuggestsTheNearest() {
    Said.gantry("lisst", "web")
        .fails(
            2,
            "Unmatched arguments from index 0: 'lisst', 'web'",
            "did you mean 'list'?",
            "next: gantry --help");
  }

  @Test
  void anUnknownOptionSuggestsTheNearest() {
    Said.gantry("list", "web", "--drivr", "process")
        .fails(
            2,
            "Unknown options: '--drivr', 'process'",
            "did you mean '--driver'?",
            "next: gantry list --help");
  }

  @Test
  void aMissingComponent() {
    Said.gantry("stop")
        .fails(2, "Missing required parameter: 'COMPONENT'", "next: gantry stop --help");
  }

  @Test
  void aMissingOption() {
    Said.gantryd("update", "shop")
        .fails(
            2, "Missing required option: '--component=COMPONENT'", "next: gantryd update --help");
  }

  @Test
  void aTimeThatIsNone() {
    Said.gantryd("update", "shop", "-c", "web", "--wait", "--timeout", "soon")
        .fails(
            2,
            "Invalid value for option '--timeout': expected a duration such as 90s, 10m, 1h or"
                + " 500ms, found 'soon'",
            "next: gantryd update --help");
  }

  @Test
  void aFormatThatIsNone() {
    Said.gantry("list", "web", "--output", "yaml")
        .fails(
            2,
            "Invalid value for option '--output': expected one of [TABLE, WIDE, JSON]"
                + " (case-insensitive) but was 'yaml'",
            "next: gantry list --help");
  }

  @Test
  void aPortThatIsNone() {
    Said.gantryd("list", "shop", "-etcd", "10.0.0.1", "-etcdport", "many")
        .fails(
            2,
            "Invalid value for option '-etcdport': 'many' is not an int",
            "next: gantryd list --help");
  }
}
