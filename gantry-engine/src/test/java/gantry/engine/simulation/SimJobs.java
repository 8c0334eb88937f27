package gantry.engine.simulation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import java.util.concurrent.Executor;

/**
 * What one life of an agent does beside its loop: begun a little later, and lost with the agent, or
 * gone on with by the engine without it. Questions that are waited for, and the parts of a job, are
 * done at once.
 */
final class SimJobs implements Executor {
  private static final Duration SHORT = Duration.ofMillis(600);
  private static final Duration LONG = Duration.ofSeconds(12);

  private final Life life;
  private final World world;

  SimJobs(Life life) {
    this.life = life;
    this.world = life.machine.world;
  }

  @Override
  public void execute(Runnable task) {
    if (task instanceof AsynchronousCompletionTask || world.inJobOf(life)) {
      task.run();
      return;
    }
    boolean outlives = world.dice.chance(0.5);
    boolean slow = world.dice.chance(0.1) && !world.isCalm();
    Duration wait = world.dice.upTo(slow ? LONG : SHORT);
    world.timers.in(wait, () -> run(task, outlives));
  }

  private void run(Runnable task, boolean outlives) {
    Duration frozen = life.frozenFor();
    if (frozen.isPositive()) {
      world.timers.in(frozen, () -> run(task, outlives));
    } else if (!life.isDead() || outlives) {
      world.runJob(life, task);
    }
  }
}
