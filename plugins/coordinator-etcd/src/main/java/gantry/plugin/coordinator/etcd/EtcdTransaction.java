package gantry.plugin.coordinator.etcd;

import static gantry.plugin.coordinator.etcd.EtcdCoordinator.bytes;

import gantry.api.coordination.Condition;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A transaction in etcd's terms.
 *
 * @param possible false when a condition can never hold: etcd takes revision 0 for a missing key
 */
record EtcdTransaction(boolean possible, List<Cmp> conditions, List<Op> writes) {
  static EtcdTransaction of(Transaction transaction) {
    return new EtcdTransaction(
        transaction.conditions().stream().allMatch(EtcdTransaction::isPossible),
        transaction.conditions().stream().map(EtcdTransaction::condition).toList(),
        transaction.writes().stream().map(EtcdTransaction::write).toList());
  }

  CompletableFuture<TxnResponse> send(KV kv) {
    return kv.txn().If(conditions.toArray(Cmp[]::new)).Then(writes.toArray(Op[]::new)).commit();
  }

  private static boolean isPossible(Condition condition) {
    return switch (condition) {
      case Condition.Absent _ -> true;
      case Condition.Unchanged(_, long revision) -> revision > 0;
      case Condition.SameLife(_, long revision) -> revision > 0;
    };
  }

  private static Cmp condition(Condition condition) {
    CmpTarget<?> target =
        switch (condition) {
          case Condition.Absent _ -> CmpTarget.createRevision(0);
          case Condition.Unchanged(_, long revision) -> CmpTarget.modRevision(revision);
          case Condition.SameLife(_, long revision) -> CmpTarget.createRevision(revision);
        };
    return new Cmp(bytes(condition.key()), Cmp.Op.EQUAL, target);
  }

  private static Op write(Write write) {
    return switch (write) {
      case Write.Delete(String key) -> Op.delete(bytes(key), DeleteOption.DEFAULT);
      case Write.Put(String key, String value, Optional<Session> session) ->
          Op.put(
              bytes(key),
              bytes(value),
              session.map(EtcdTransaction::bound).orElse(PutOption.DEFAULT));
    };
  }

  private static PutOption bound(Session session) {
    if (!(session instanceof EtcdSession own)) {
      throw new IllegalArgumentException("not a session of etcd: " + session.id());
    }
    if (session.remaining().isZero()) {
      throw EtcdCoordinator.sessionLost(session);
    }
    return PutOption.builder().withLeaseId(own.lease()).build();
  }
}
