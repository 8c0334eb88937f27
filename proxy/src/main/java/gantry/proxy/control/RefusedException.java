package gantry.proxy.control;

/** A request that cannot be done; nothing was changed. Carries the code that the client sees. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  RefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  RefusedException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  String code() {
    return code;
  }
}
