package gantry.plugin.coordinator.etcd;

import static gantry.plugin.coordinator.etcd.EtcdCoordinator.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;

import gantry.api.coordination.Entry;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Range;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A read in etcd's terms. Several ranges go in one transaction, which etcd answers from one moment,
 * and without writing anything to its disk.
 */
record EtcdRead(List<Get> gets) {
  private static final GetOption PREFIX = GetOption.builder().isPrefix(true).build();

  private record Get(ByteSequence key, GetOption option) {
    static Get of(Range range) {
      return switch (range) {
        case Range.Key(String key) -> new Get(bytes(key), GetOption.DEFAULT);
        case Range.Prefix(String prefix) -> new Get(EtcdCoordinator.prefix(prefix), PREFIX);
      };
    }
  }

  static EtcdRead of(List<Range> ranges) {
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("a read needs a range");
    }
    return new EtcdRead(ranges.stream().map(Get::of).toList());
  }

  List<Listing> from(EtcdRequests requests) {
    if (gets.size() == 1) {
      Get only = gets.getFirst();
      GetResponse answer =
          requests.read(connection -> connection.kv().get(only.key(), only.option()));
      return List.of(listing(answer.getHeader().getRevision(), answer));
    }
    TxnResponse answer = requests.read(connection -> send(connection.kv()));
    long revision = answer.getHeader().getRevision();
    return answer.getGetResponses().stream().map(each -> listing(revision, each)).toList();
  }

  private CompletableFuture<TxnResponse> send(KV kv) {
    Op[] ops = gets.stream().map(get -> Op.get(get.key(), get.option())).toArray(Op[]::new);
    return kv.txn().Then(ops).commit();
  }

  private static Listing listing(long revision, GetResponse answer) {
    return new Listing(revision, answer.getKvs().stream().map(EtcdRead::entry).toList());
  }

  private static Entry entry(KeyValue kv) {
    return new Entry(
        kv.getKey().toString(UTF_8),
        kv.getValue().toString(UTF_8),
        kv.getCreateRevision(),
        kv.getModRevision());
  }
}
