package gantry.proxy.traffic;

import java.util.List;

/** The kinds of routes that these tests send traffic through. */
public final class Kinds {
  private Kinds() {}

  /** All that there are. */
  public static List<String> carried() {
    return List.of("tcp", "http");
  }
}
