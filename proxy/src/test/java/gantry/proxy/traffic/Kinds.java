package gantry.proxy.traffic;

import java.util.List;

/** The kinds of routes that these tests send traffic through. */
public final class Kinds {
  private static final boolean HTTP = Boolean.getBoolean("gantry.traffic.http");

  private Kinds() {}

  /** {@code tcp}, and with {@code -Dgantry.traffic.http=true} also {@code http}. */
  public static List<String> carried() {
    return HTTP ? List.of("tcp", "http") : List.of("tcp");
  }
}
