package gantry.cli;

import gantry.engine.event.RolloutEvent;
import gantry.engine.event.RolloutListener;
import gantry.engine.store.ComponentKey;
import java.util.HashSet;
import java.util.Set;

/** Tells the story of a local command in the documented words, each line once. Thread-safe. */
final class LocalNarrator implements RolloutListener {
  /** Which command's words. */
  enum Story {
    UPDATE,
    STOP,
    KILL,
    DRAIN
  }

  private final LocalCommand command;
  private final Story story;
  private final Set<String> told = new HashSet<>();

  LocalNarrator(LocalCommand command, Story story) {
    this.command = command;
    this.story = story;
  }

  @Override
  public synchronized void on(ComponentKey key, RolloutEvent event) {
    switch (event) {
      case RolloutEvent.Busy busy -> aside(busy.holder() + " is at work on it; waiting");
      case RolloutEvent.Trouble trouble -> aside(trouble.reason());
      case RolloutEvent.CheckFailed failed when command.options.verbose ->
          aside("check " + failed.kind() + ": " + failed.reason());
      default -> tell(event);
    }
  }

  private void tell(RolloutEvent event) {
    switch (story) {
      case UPDATE -> update(event);
      case STOP -> stop(event);
      case KILL -> kill(event);
      case DRAIN -> drain(event);
    }
  }

  private void update(RolloutEvent event) {
    switch (event) {
      case RolloutEvent.Starting starting ->
          command.say("Starting container " + starting.container());
      case RolloutEvent.Checking checking -> check(checking);
      case RolloutEvent.Redirecting redirecting when redirecting.revision() > 0 -> {
        command.say("Redirecting traffic to new container");
        command.say("Checking container statuses...");
        command.say("Updating proxy...");
      }
      case RolloutEvent.Redirected redirected when redirected.revision() > 0 -> monitoring();
      case RolloutEvent.Updated updated -> monitoring();
      default -> {}
    }
  }

  private void check(RolloutEvent.Checking checking) {
    if (told.add(checking.container())) {
      command.say("Waiting for health checks...");
    }
    if (told.add(checking.container() + " " + checking.kind() + " " + checking.description())) {
      command.say("Running health check: " + checking.kind());
      command.say(checking.description());
    }
  }

  private void stop(RolloutEvent event) {
    switch (event) {
      case RolloutEvent.Redirected redirected -> monitoring();
      case RolloutEvent.Stopping stopping -> {
        monitoring();
        command.say("Shutting down container: " + stopping.container());
      }
      default -> {}
    }
  }

  private void drain(RolloutEvent event) {
    if (event instanceof RolloutEvent.Stopping stopping) {
      command.say("Shutting down container: " + stopping.container());
    }
  }

  private void kill(RolloutEvent event) {
    if (event instanceof RolloutEvent.Killing killing) {
      command.say("Killing container " + killing.container());
    }
  }

  private void monitoring() {
    if (told.add("monitoring")) {
      command.say("Starting monitoring...");
      command.say("Monitor check started");
    }
  }

  private void aside(String line) {
    if (told.add(line)) {
      command.err().println(line);
      command.err().flush();
    }
  }
}
