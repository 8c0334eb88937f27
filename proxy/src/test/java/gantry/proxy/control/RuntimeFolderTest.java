package gantry.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeFolderTest {
  @TempDir Path folder;

  @Test
  void aFolderIsMadeForThisUserAloneAndTakenAgain() throws IOException {
    Path ours = folder.resolve("ours");
    RuntimeFolder.makeOurs(ours);
    RuntimeFolder.makeOurs(ours);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours)))
        .isEqualTo("rwx------");
  }

  @Test
  void whatOthersCanReachIsRefused() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path ours = folder.resolve("ours");
    RuntimeFolder.makeOurs(ours);
    Path link = Files.createSymbolicLink(folder.resolve("link"), ours);
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Path wrong : new Path[] {open, link, file}) {
      assertThatThrownBy(() -> RuntimeFolder.makeOurs(wrong))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not a folder of this user alone");
    }
  }
}
