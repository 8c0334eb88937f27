package gantry.cli;

/** The distributed tool. */
public final class GantrydMain {
  private GantrydMain() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(Cli.run(new GantrydCommand(), args));
  }
}
