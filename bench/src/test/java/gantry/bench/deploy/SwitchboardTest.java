package gantry.bench.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.bench.deploy.Switchboard.Position;
import org.junit.jupiter.api.Test;

class SwitchboardTest {
  private final Switchboard board = Switchboard.to("A");

  @Test
  void betweenSwitchesOnlyTheAcknowledgedBackendMayAnswer() {
    Position began = board.position();
    assertThat(board.isMisrouted(began, "A")).isFalse();
    assertThat(board.isMisrouted(began, "B")).isTrue();
  }

  @Test
  void whatBeginsDuringASwitchMayGoToBoth() {
    board.begin();
    Position began = board.position();
    assertThat(board.isMisrouted(began, "A")).isFalse();
    assertThat(board.isMisrouted(began, "B")).isFalse();
    board.acknowledged("B");
    assertThat(board.isMisrouted(began, "A")).isFalse();
  }

  @Test
  void whatBeginsBeforeASwitchMayGoToBoth() {
    Position began = board.position();
    board.begin();
    assertThat(board.isMisrouted(began, "B")).isFalse();
  }

  @Test
  void whatBeginsAfterTheAcknowledgementMayNotGoToTheOldOne() {
    board.begin();
    board.acknowledged("B");
    assertThat(board.isMisrouted(board.position(), "A")).isTrue();
  }
}
