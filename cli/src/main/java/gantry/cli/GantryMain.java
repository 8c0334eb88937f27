package gantry.cli;

/** The local tool. */
public final class GantryMain {
  private GantryMain() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(Cli.run(new GantryCommand(), args));
  }
}
