package gantry.bench.rollout;

import java.util.ArrayList;
import java.util.List;

/**
 * The turns of one rollout as times.
 *
 * @param each from one machine's finish to the next one's, one fewer than there are machines
 * @param handOver the part of each until the next one was admitted
 * @param own the part of each from then on
 */
record Sequence(List<Long> each, List<Long> handOver, List<Long> own) {
  /** Of turns in the order in which they ended. */
  static Sequence of(List<Moments.Turn> turns) {
    List<Long> each = new ArrayList<>();
    List<Long> handOver = new ArrayList<>();
    List<Long> own = new ArrayList<>();
    for (int i = 1; i < turns.size(); i++) {
      Moments.Turn turn = turns.get(i);
      long before = turns.get(i - 1).finishedNanos();
      each.add(turn.finishedNanos() - before);
      handOver.add(turn.admittedNanos() - before);
      own.add(turn.finishedNanos() - turn.admittedNanos());
    }
    return new Sequence(each, handOver, own);
  }

  /** Several rollouts as one. */
  static Sequence join(List<Sequence> all) {
    return new Sequence(
        all.stream().flatMap(s -> s.each.stream()).toList(),
        all.stream().flatMap(s -> s.handOver.stream()).toList(),
        all.stream().flatMap(s -> s.own.stream()).toList());
  }
}
