package gantry.engine.plan;

import java.util.List;

/** What can be seen of the container engine. */
public sealed interface EngineView {
  /** It answered: these are all of the component's containers on this machine, oldest first. */
  record Visible(List<ContainerView> containers) implements EngineView {
    /** Copies the list. */
    public Visible {
      containers = List.copyOf(containers);
    }
  }

  /** It did not answer. That says nothing about the containers. */
  record Unreachable(String reason) implements EngineView {}
}
