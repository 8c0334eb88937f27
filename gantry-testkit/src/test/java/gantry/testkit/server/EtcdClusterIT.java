package gantry.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class EtcdClusterIT {
  @Test
  void twoOfThreeServeAndTheThirdComesBackWithItsData() {
    try (EtcdCluster cluster = EtcdCluster.start()) {
      assertThat(etcdctl(cluster.endpoints(), "put", "a", "1")).contains("OK");
      cluster.member(0).kill();
      Awaitility.await("two serve")
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> etcdctl(cluster.member(1).endpoint(), "put", "a", "2").contains("OK"));
      cluster.member(0).restart();
      assertThat(etcdctl(cluster.member(0).endpoint(), "get", "a")).isEqualTo("a\n2\n");
    }
  }

  @Test
  void anotherLeadsWhenTheLeaderIsGoneAndAllComeBackWithTheirData() {
    try (EtcdCluster cluster = EtcdCluster.start()) {
      EtcdMember first = cluster.leader();
      assertThat(cluster.others(first)).hasSize(2).noneMatch(EtcdMember::leads);
      assertThat(etcdctl(cluster.endpoints(), "put", "a", "1")).contains("OK");
      first.pause();
      assertThat(cluster.leader()).isNotEqualTo(first);
      cluster.kill();
      cluster.restart();
      assertThat(cluster.leader().leads()).isTrue();
      assertThat(etcdctl(cluster.endpoints(), "get", "a")).isEqualTo("a\n1\n");
    }
  }

  private static String etcdctl(String endpoints, String... words) {
    String[] line = new String[words.length + 2];
    line[0] = "--endpoints=" + endpoints;
    line[1] = "--command-timeout=3s";
    System.arraycopy(words, 0, line, 2, words.length);
    return new ShortCommand("etcdctl", "etcd-client", line).run();
  }
}
