package gantry.proxy.traffic.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * What a client sends on one connection.
 *
 * @param family the technique it belongs to
 * @param valid every proxy has to forward all of it
 * @param text one character for each byte, with the well-formed last request where there is one
 */
record Case(String family, String name, boolean valid, String text) {
  /** The target of the well-formed request that ends most cases. */
  static final String SENTINEL = "/sentinel";

  /** What goes over the wire. */
  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  @Override
  public String toString() {
    return family + "/" + name;
  }
}
