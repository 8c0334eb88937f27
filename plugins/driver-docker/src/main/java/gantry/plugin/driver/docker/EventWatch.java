package gantry.plugin.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.command.EventsCmd;
import com.github.dockerjava.api.model.Event;
import gantry.api.Clock;
import gantry.api.GantryException;
import gantry.api.Subscription;
import java.io.Closeable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the engine's events for containers with certain labels. Wakes whenever it has (again)
 * subscribed, since nobody knows what happened before, and then at each event. It subscribes anew
 * when the engine ends the stream, and every minute in any case: a stream can die without a sign.
 */
final class EventWatch implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(EventWatch.class);

  private static final Duration RENEWAL = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  /** Events of this long before are sent again: the engine answers before it has subscribed. */
  private static final Duration OVERLAP = Duration.ofSeconds(2);

  private final Engine engine;
  private final Clock clock;
  private final Map<String, String> labels;
  private final Runnable wake;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private EventWatch(Engine engine, Clock clock, Map<String, String> labels, Runnable wake) {
    this.engine = engine;
    this.clock = clock;
    this.labels = Map.copyOf(labels);
    this.wake = wake;
    this.thread = Thread.ofPlatform().daemon().name("gantry-docker-watch").unstarted(this::follow);
  }

  static EventWatch start(Engine engine, Clock clock, Map<String, String> labels, Runnable wake) {
    EventWatch watch = new EventWatch(engine, clock, labels, wake);
    watch.thread.start();
    return watch;
  }

  private void follow() {
    Duration pause = FIRST_PAUSE;
    boolean reported = false;
    while (!isClosed()) {
      try {
        engine.call("watching events", RENEWAL.plus(engine.limits().control()), this::listen);
        pause = FIRST_PAUSE;
        reported = false;
      } catch (GantryException e) {
        if (!reported && !isClosed()) {
          LOG.warn("lost sight of container events, trying again: {}", e.text());
        }
        reported = true;
        pause = pause(pause);
      }
    }
  }

  /** Returns when it is time for a new subscription. */
  private @Nullable Void listen(DockerClient client) throws InterruptedException {
    Listener listener = new Listener();
    long since = clock.wallTime().minus(OVERLAP).getEpochSecond();
    EventsCmd command =
        client
            .eventsCmd()
            .withSince(Long.toString(since))
            .withEventTypeFilter("container")
            .withEventFilter("start", "die");
    if (!labels.isEmpty()) {
      command.withLabelFilter(labels);
    }
    command.exec(listener);
    listener.awaitStartedWithin(engine.limits().control());
    listener.awaitCompletion(RENEWAL.toNanos(), TimeUnit.NANOSECONDS);
    return null;
  }

  private Duration pause(Duration pause) {
    try {
      closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      close(); // nobody interrupts this thread but close()
    }
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private void wake() {
    if (isClosed()) {
      return;
    }
    try {
      wake.run();
    } catch (RuntimeException e) {
      LOG.warn("a listener of container events failed; the watch goes on", e);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt(); // ends the call in Engine, which closes its connection
  }

  private final class Listener extends ResultCallbackTemplate<Listener, Event> {
    private final CountDownLatch started = new CountDownLatch(1);

    @Override
    public void onStart(Closeable stream) {
      super.onStart(stream);
      started.countDown();
      wake();
    }

    @Override
    public void onNext(Event event) {
      wake();
    }

    @Override
    public void onError(Throwable failure) {
      super.onError(failure);
      started.countDown();
    }

    /** An engine that accepts connections and says nothing must not hold the watch for ever. */
    void awaitStartedWithin(Duration limit) throws InterruptedException {
      if (!started.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw EngineErrors.mute(engine.address(), "watching events", limit);
      }
    }
  }
}
