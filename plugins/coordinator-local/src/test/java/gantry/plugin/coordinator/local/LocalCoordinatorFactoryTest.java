package gantry.plugin.coordinator.local;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.api.PluginContext;
import gantry.api.coordination.Condition;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalCoordinatorFactoryTest {
  private static final String KEY = "/gantry/v1/projects/shop/config";

  @TempDir private Path folder;

  @Test
  void keepsTheStoreInTheStateFolder() {
    try (Coordinator coordinator = coordinator("a", Map.of())) {
      write(coordinator);
    }

    assertThat(folder.resolve("a/coordinator/store.json")).exists();
  }

  @Test
  void machinesThatNameTheSameFolderShareOneStore() {
    Map<String, String> options = Map.of("coordinator.dir", folder.resolve("shared").toString());
    try (Coordinator a = coordinator("a", options);
        Coordinator b = coordinator("b", options)) {
      write(a);

      assertThat(b.get(KEY)).map(Entry::value).contains("{}");
    }
    assertThat(folder.resolve("shared/store.json")).exists();
    assertThat(folder.resolve("a")).doesNotExist();
  }

  private Coordinator coordinator(String machine, Map<String, String> options) {
    return new LocalCoordinatorFactory()
        .create(new PluginContext(folder.resolve(machine), machine, options, Clock.SYSTEM));
  }

  private static void write(Coordinator coordinator) {
    coordinator.commit(
        new Transaction(List.of(new Condition.Absent(KEY)), List.of(Write.put(KEY, "{}"))));
  }
}
