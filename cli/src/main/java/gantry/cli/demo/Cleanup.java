package gantry.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends everything that was started and removes the folder, once: at the end of the demo, or when
 * this process is ended before that, by Ctrl-C for instance. Each step has a limit. Thread-safe.
 */
final class Cleanup {
  private static final Duration AGENT_LIMIT = Duration.ofSeconds(6);

  private final Workspace workspace;
  private final Story story;
  private final Thread hook = Thread.ofPlatform().unstarted(this::interrupted);
  private final List<ProcessHandle> agents = new ArrayList<>();
  private boolean done;
  private volatile boolean interrupted;

  private Cleanup(Workspace workspace, Story story) {
    this.workspace = workspace;
    this.story = story;
  }

  static Cleanup of(Workspace workspace, Story story) {
    Cleanup cleanup = new Cleanup(workspace, story);
    Runtime.getRuntime().addShutdownHook(cleanup.hook);
    return cleanup;
  }

  /** Starts a process that is to end before all others. */
  interface Starter {
    AgentProcess start() throws IOException;
  }

  /** Starts an agent, unless it is too late. */
  synchronized AgentProcess start(Starter starter) throws IOException {
    if (done) {
      throw new IOException("the demo is ending");
    }
    AgentProcess agent = starter.start();
    agents.add(agent.handle());
    return agent;
  }

  /** While this process ends from outside, nothing that goes wrong is worth telling. */
  void holdWhenInterrupted() throws InterruptedException {
    if (interrupted) {
      Thread.currentThread().join();
    }
  }

  /** Does it, and returns when nothing is left. */
  synchronized void end() throws InterruptedException {
    if (done) {
      return;
    }
    done = true;
    // An agent that runs would start a container or a proxy again that ends.
    agents.forEach(ProcessHandle::destroy);
    Leftovers.awaitEnd(agents, AGENT_LIMIT);
    List<ProcessHandle> left = new Leftovers(workspace.mark()).end();
    if (!left.isEmpty()) {
      System.err.println("gantry demo: these processes could not be ended: " + left);
    }
    workspace.delete();
  }

  private void interrupted() {
    interrupted = true;
    story.end();
    try {
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
