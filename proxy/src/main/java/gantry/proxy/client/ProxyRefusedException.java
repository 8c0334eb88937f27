package gantry.proxy.client;

/** The proxy answered that it will not do that; nothing was changed. */
public final class ProxyRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  ProxyRefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** One of the codes in {@link gantry.proxy.wire.Protocol}. */
  public String code() {
    return code;
  }
}
