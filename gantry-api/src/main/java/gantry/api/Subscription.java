package gantry.api;

/**
 * A standing request for notifications. Closing it ends them; a second close does nothing. A
 * notification that is already under way may still arrive.
 */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
