package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import gantry.proxy.tcp.Transport;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests on open connections make no garbage. */
final class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int PER_ROUND = 5_000;
  private static final int ROUNDS = 12;

  /** Less than the smallest object per request. */
  private static final double MOST_BYTES = 15;

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRequestOnAnOpenConnectionMakesNoObject(Transport transport) throws Exception {
    try (Backend backend = Backend.named("a");
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      double least = Double.MAX_VALUE;
      for (int round = 0; round < ROUNDS && least > MOST_BYTES; round++) {
        requests(client, PER_ROUND / 10);
        long before = allocated(plane);
        requests(client, PER_ROUND);
        least = Math.min(least, (double) (allocated(plane) - before) / PER_ROUND);
      }
      assertThat(least).as("bytes per request, in the best of all rounds").isLessThan(MOST_BYTES);
    }
  }

  private static void requests(Client client, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      client.send(Client.GET);
      client.head();
      assertThat(client.wire().read()).isEqualTo('a');
    }
  }

  private static long allocated(TestPlane plane) {
    CompletableFuture<Long> bytes = new CompletableFuture<>();
    plane
        .loop()
        .execute(
            () ->
                bytes.complete(THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId())));
    return bytes.join();
  }
}
