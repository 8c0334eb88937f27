package gantry.api.container;

/** Hears how a pull goes on. Called from any thread; must not block. */
@FunctionalInterface
public interface PullListener {
  /** Hears nothing. */
  PullListener NONE = (doneBytes, totalBytes) -> {};

  /**
   * Some bytes have arrived.
   *
   * @param doneBytes never decreases within a pull
   * @param totalBytes as far as known by now; may grow; 0 while unknown
   */
  void progress(long doneBytes, long totalBytes);
}
