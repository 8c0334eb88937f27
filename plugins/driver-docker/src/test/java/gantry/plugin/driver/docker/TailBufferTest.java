package gantry.plugin.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TailBufferTest {
  private static String tail(int capacity, String... frames) {
    TailBuffer buffer = new TailBuffer(capacity);
    for (String frame : frames) {
      buffer.onNext(new Frame(StreamType.STDOUT, frame.getBytes(StandardCharsets.UTF_8)));
    }
    return buffer.text();
  }

  @Test
  void theEndIsKept() {
    assertThat(tail(4)).isEmpty();
    assertThat(tail(4, "ab")).isEqualTo("ab");
    assertThat(tail(4, "ab", "cd")).isEqualTo("abcd");
    assertThat(tail(4, "ab", "cd", "e")).isEqualTo("bcde");
    assertThat(tail(4, "x", "abcdefgh")).isEqualTo("efgh");
    assertThat(tail(4, "x", "abcdefgh", "i")).isEqualTo("fghi");
  }
}
