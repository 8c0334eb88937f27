package gantry.testkit.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An etcd of three members on loopback, each a process that can be frozen, ended and restarted. */
public final class EtcdCluster implements AutoCloseable {
  private static final int SIZE = 3;

  private final List<EtcdMember> members;

  private EtcdCluster() {
    List<EtcdMember> made = IntStream.range(0, SIZE).mapToObj(EtcdMember::new).toList();
    String peers = made.stream().map(EtcdMember::asPeer).collect(Collectors.joining(","));
    made.forEach(member -> member.setPeers(peers));
    this.members = made;
  }

  /** Starts three empty members and waits until they have a leader and serve. */
  public static EtcdCluster start() {
    EtcdCluster cluster = new EtcdCluster();
    try {
      cluster.atOnce(EtcdMember::launch); // none of them serves before two are there
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** What a client connects to: the addresses of all members, separated by commas. */
  public String endpoints() {
    return members.stream().map(EtcdMember::endpoint).collect(Collectors.joining(","));
  }

  /** One member, 0 to 2. */
  public EtcdMember member(int number) {
    return members.get(number);
  }

  @Override
  public void close() {
    atOnce(EtcdMember::close);
  }

  private void atOnce(Consumer<EtcdMember> step) {
    List<CompletableFuture<Void>> steps =
        members.stream()
            .map(
                member ->
                    CompletableFuture.runAsync(
                        () -> step.accept(member), task -> Thread.ofVirtual().start(task)))
            .toList();
    steps.forEach(CompletableFuture::join);
  }
}
