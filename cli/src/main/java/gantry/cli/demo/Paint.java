package gantry.cli.demo;

import java.io.Console;

/** Colours, where they are wanted: on a terminal, unless {@code NO_COLOR} is set. */
record Paint(boolean wanted) {
  @SuppressWarnings("SystemConsoleNull") // it is null again by default in JDK 25, without terminal
  static Paint ofTerminal() {
    Console console = System.console();
    String never = System.getenv("NO_COLOR");
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    boolean terminal = console != null && console.isTerminal();
    return new Paint(terminal && !dumb && (never == null || never.isEmpty()));
  }

  String bold(String text) {
    return with("1", text);
  }

  String command(String text) {
    return with("36", text);
  }

  String good(String text) {
    return with("32", text);
  }

  String bad(String text) {
    return with("31", text);
  }

  private String with(String code, String text) {
    return wanted ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
