package gantry.bench.speed;

/** Tells on stderr what is going on. */
final class Progress {
  private Progress() {}

  static void say(String line) {
    System.err.println(line);
  }
}
