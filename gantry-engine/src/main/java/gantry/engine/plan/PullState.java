package gantry.engine.plan;

/** How far the image of a revision is, as this process knows. */
public sealed interface PullState {
  /** It is being pulled; bytes so far, and in all as far as known (0 while unknown). */
  record Running(long doneBytes, long totalBytes) implements PullState {}

  /** It is present. */
  record Done() implements PullState {}

  /** It could not be had. */
  record Failed(String reason) implements PullState {}
}
