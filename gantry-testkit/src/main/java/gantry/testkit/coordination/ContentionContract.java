package gantry.testkit.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.coordination.Condition.Absent;
import gantry.api.coordination.Condition.Unchanged;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Transactions of several clients at once. */
public interface ContentionContract extends CoordinatorFixture {
  /** Clients that contend. */
  int CLIENTS = 4;

  /** Threads of each client. */
  int THREADS_PER_CLIENT = 3;

  @Test
  default void exactlyOneOfManyAcquiresAKey() throws Exception {
    for (int round = 0; round < 10; round++) {
      String lock = key("lock" + round);
      List<Boolean> won =
          contend(
              (client, name) ->
                  client
                      .commit(
                          new Transaction(
                              List.of(new Absent(lock)), List.of(Write.put(lock, name))))
                      .committed());
      assertThat(won).containsOnlyOnce(true);
    }
  }

  @Test
  default void countingByUnchangedLosesNothing() throws Exception {
    int perThread = 15;
    String counter = key("counter");
    put(counter, "0");
    contend(
        (client, name) -> {
          for (int i = 0; i < perThread; i++) {
            increment(client, counter);
          }
          return true;
        });
    assertThat(value(coordinator(), counter))
        .isEqualTo(String.valueOf(CLIENTS * THREADS_PER_CLIENT * perThread));
  }

  private void increment(Coordinator client, String counter) {
    boolean done = false;
    while (!done) {
      Entry seen = client.get(counter).orElseThrow();
      String next = String.valueOf(Integer.parseInt(seen.value()) + 1);
      done =
          client
              .commit(
                  new Transaction(
                      List.of(new Unchanged(counter, seen.modRevision())),
                      List.of(Write.put(counter, next))))
              .committed();
    }
  }

  /** What one thread does with its client. */
  @FunctionalInterface
  interface Contender {
    /** Runs once, at the same time as all others. */
    boolean run(Coordinator client, String name) throws Exception;
  }

  private List<Boolean> contend(Contender contender)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Coordinator client = connect();
      for (int j = 0; j < THREADS_PER_CLIENT; j++) {
        String name = "client " + i + " thread " + j;
        tasks.add(() -> contender.run(client, name));
      }
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      List<Boolean> results = new ArrayList<>();
      for (Future<Boolean> result : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        results.add(result.get(0, TimeUnit.SECONDS));
      }
      return results;
    }
  }
}
