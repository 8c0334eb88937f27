package gantry.api.container;

/** Where in its life a container is. */
public enum ContainerState {
  /** Made, never started. */
  CREATED,
  /** Its main process runs. */
  RUNNING,
  /** Its main process has ended; it can be started again. */
  EXITED
}
