package gantry.proxy.control;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.client.ProxyRefusedException;
import gantry.proxy.io.DescriptorChannel;
import gantry.proxy.wire.ProxyFiles;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The successor's side of a {@link Handover}. One thread. */
final class TakeOver implements AutoCloseable {
  private final ProxyFiles files;
  private final DescriptorChannel predecessor;
  private final CompletableFuture<Boolean> answer;

  private TakeOver(
      ProxyFiles files, DescriptorChannel predecessor, CompletableFuture<Boolean> answer) {
    this.files = files;
    this.predecessor = predecessor;
    this.answer = answer;
  }

  /** Asks the running proxy of the folder to hand over to this process. */
  static TakeOver ask(ProxyFiles files) throws IOException {
    try (ProxyFiles.Name name = files.name(files.handoverSocket());
        DescriptorChannel server = DescriptorChannel.listen(name.path())) {
      CompletableFuture<Boolean> answer = request(files);
      DescriptorChannel predecessor = accept(server, answer);
      return new TakeOver(files, predecessor, answer);
    } finally {
      Files.deleteIfExists(files.handoverSocket());
    }
  }

  /** The listening sockets. */
  Map<WireAddress, Integer> sockets() throws IOException {
    return Handover.receive(predecessor);
  }

  /** Our routes are in force; returns when lock and control socket are free. */
  void ready() throws IOException {
    Handover.say(predecessor, Handover.READY);
    Handover.expect(predecessor, Handover.RELEASED);
  }

  /** We accept; the predecessor closes its sockets. */
  void serving() throws IOException {
    Handover.say(predecessor, Handover.SERVING);
  }

  @Override
  public void close() throws IOException {
    predecessor.close();
    Files.deleteIfExists(files.handoverSocket());
    answer.cancel(true);
  }

  /** The answer comes when all is over, so that it is waited for on a thread of its own. */
  private static CompletableFuture<Boolean> request(ProxyFiles files) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("proxy-take-over")
        .start(
            () -> {
              try {
                new ProxyClient(files)
                    .handOver(files.handoverSocket(), Handover.PATIENCE.multipliedBy(4));
                answer.complete(true);
              } catch (IOException | ProxyRefusedException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  private static DescriptorChannel accept(
      DescriptorChannel server, CompletableFuture<Boolean> answer) throws IOException {
    try {
      return server.accept(Handover.PATIENCE);
    } catch (IOException e) {
      throw new IOException("the running proxy does not hand over: " + reason(answer, e), e);
    }
  }

  private static String reason(CompletableFuture<Boolean> answer, IOException otherwise) {
    try {
      answer.get(0, TimeUnit.MILLISECONDS);
    } catch (ExecutionException refused) {
      return String.valueOf(refused.getMessage());
    } catch (TimeoutException e) {
      return String.valueOf(otherwise.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return String.valueOf(otherwise.getMessage());
  }
}
