package gantry.testkit.container;

import static gantry.testkit.container.ContainerScene.GRACE;
import static gantry.testkit.container.ContainerScene.PATIENCE;
import static org.awaitility.Awaitility.await;

import gantry.api.Subscription;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerState;
import gantry.api.container.Image;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Hints to look again. */
interface WatchContract {
  ContainerScene scene();

  @Test
  default void wakesWhenAContainerWasStarted() {
    ContainerId id = scene().create("web", scene().web("one"));

    expectWake(id, ContainerState.RUNNING, () -> scene().driver().start(id));
  }

  @Test
  default void wakesWhenAContainerWasStopped() {
    ContainerId id = scene().startAndHear("polite", new Program.EndsOnTerm(0));

    expectWake(id, ContainerState.EXITED, () -> scene().driver().stop(id, GRACE));
  }

  @Test
  default void wakesWhenAContainerEndsByItself() {
    Image image = scene().image("brief", "latest", new Program.ExitsAtOnce("bye", 1));
    ContainerId id = scene().create("brief", image);

    expectWake(id, ContainerState.EXITED, () -> scene().driver().start(id));
  }

  @Test
  default void closingTwiceIsTheSameAsOnce() {
    Subscription watch = scene().driver().watch(scene().labels(), () -> {});

    watch.close();
    watch.close();
  }

  /** A wake counts only when looking after it shows the state: one that comes too early is none. */
  private void expectWake(ContainerId id, ContainerState state, Runnable change) {
    AtomicInteger wakes = new AtomicInteger();
    Subscription watch = scene().driver().watch(scene().labels(), wakes::incrementAndGet);
    try {
      change.run();
      await()
          .atMost(PATIENCE)
          .until(() -> wakes.getAndSet(0) > 0 && scene().status(id).state() == state);
    } finally {
      watch.close();
    }
  }
}
