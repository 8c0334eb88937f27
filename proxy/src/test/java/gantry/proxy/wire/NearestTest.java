package gantry.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({"statu,status", "stauts,status", "aply,apply", "stopp,stop", "STATUS,''", "x,''"})
  void namesWhatWasProbablyMeant(String found, String meant) {
    String expected = meant.isEmpty() ? "" : "; did you mean '" + meant + "'?";
    assertThat(Nearest.hint(found, List.of("apply", "status", "watch", "stop")))
        .isEqualTo(expected);
  }
}
