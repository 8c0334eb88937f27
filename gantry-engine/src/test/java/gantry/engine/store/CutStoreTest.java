package gantry.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CutStoreTest {
  private static final Drain OLD = new Drain("c1", 1, 3, 90, 60, 0);
  private static final Drain OLDER = new Drain("c0", 1, 1, 900, 600, 0);

  private final Stored stored = new Stored();
  private final CutStore user =
      new CutStore(stored.store.connect("user"), Stored.WEB, stored.clock);
  private final CutStore agent = new CutStore(stored.client, Stored.WEB, stored.clock);

  @BeforeEach
  void release() {
    stored.release();
  }

  @Test
  void aMachineThatDrainsNothingIsToldNothing() {
    assertThat(user.request("a", "ann")).isEmpty();
    drains();
    assertThat(user.request("a", "ann")).isEmpty();
    assertThat(agent.find("a")).isEmpty();
  }

  @Test
  void aCutNamesWhatDrainsNow() {
    drains(OLD);
    assertThat(user.request("a", "ann")).containsExactly(OLD);
    assertThat(cut()).isEqualTo(new Cut(List.of("c1"), "ann", Stored.TIME));
    assertThat(agent.find("b")).isEmpty();
  }

  @Test
  void askingTwiceChangesNothing() {
    drains(OLD);
    user.request("a", "ann");
    long before = agent.find("a").orElseThrow().modRevision();
    assertThat(user.request("a", "bob")).containsExactly(OLD);
    assertThat(agent.find("a").orElseThrow().modRevision()).isEqualTo(before);
  }

  @Test
  void whatWasAskedForBeforeStaysAskedFor() {
    drains(OLDER);
    user.request("a", "ann");
    drains(OLD);
    user.request("a", "bob");
    assertThat(cut().containers()).containsExactly("c0", "c1");
  }

  @Test
  void aLostAnswerIsFoundOut() {
    drains(OLD);
    var client = stored.store.connect("unlucky");
    client.loseNextAnswer();
    assertThat(new CutStore(client, Stored.WEB, stored.clock).request("a", "ann"))
        .containsExactly(OLD);
    assertThat(cut().containers()).containsExactly("c1");
  }

  @Test
  void anAgentStrikesOnlyFromTheCutThatItSaw() {
    drains(OLDER);
    user.request("a", "ann");
    Versioned<Cut> seen = agent.find("a").orElseThrow();
    drains(OLD);
    user.request("a", "ann");
    assertThat(agent.settle("a", seen, List.of())).isFalse();
    assertThat(agent.settle("a", agent.find("a").orElseThrow(), List.of("c1"))).isTrue();
    assertThat(cut()).isEqualTo(new Cut(List.of("c1"), "ann", Stored.TIME));
    assertThat(agent.settle("a", agent.find("a").orElseThrow(), List.of())).isTrue();
    assertThat(agent.find("a")).isEmpty();
  }

  private Cut cut() {
    return agent.find("a").orElseThrow().value();
  }

  private void drains(Drain... drains) {
    long seen = stored.user.machine(Stored.WEB, "a").map(Versioned::modRevision).orElse(0L);
    MachineRecord record =
        new MachineRecord("a", 2, 1, Phase.READY, "", List.of(drains), Stored.TIME);
    assertThat(stored.machine.saveRecord(record, seen, Optional.empty())).isTrue();
  }
}
