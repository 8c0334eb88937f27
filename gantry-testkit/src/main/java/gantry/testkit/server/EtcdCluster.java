package gantry.testkit.server;

import gantry.api.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An etcd of three members on loopback, each a process that can be frozen, ended and restarted. */
public final class EtcdCluster implements AutoCloseable {
  private static final int SIZE = 3;
  private static final Duration ELECTION_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);

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

  /**
   * The member that leads.
   *
   * @throws IllegalStateException no member that answers knows of a leader within 20 s
   */
  public EtcdMember leader() {
    long start = Clock.SYSTEM.monotonicNanos();
    while (Clock.SYSTEM.since(start).compareTo(ELECTION_LIMIT) < 0) {
      Optional<EtcdMember> leader = members.stream().filter(EtcdMember::leads).findFirst();
      if (leader.isPresent()) {
        return leader.get();
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    throw new IllegalStateException("no member leads after " + ELECTION_LIMIT);
  }

  /** The members but one. */
  public List<EtcdMember> others(EtcdMember member) {
    return members.stream().filter(other -> !other.equals(member)).toList();
  }

  /** Ends all members at once; what they acknowledged is on disk. */
  public void kill() {
    atOnce(EtcdMember::kill);
  }

  /** Starts all members again with their data, and waits until they serve. */
  public void restart() {
    atOnce(EtcdMember::restart); // none of them serves before two are there
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
