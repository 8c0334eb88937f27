package gantry.plugin.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Version;
import gantry.api.GantryException;
import org.junit.jupiter.api.Test;

final class ApiVersionsTest {
  private static final EngineAddress ADDRESS = EngineAddress.parse("unix:///run/docker.sock");

  private static String choose(String oldest, String newest) throws JsonProcessingException {
    String json =
        "{\"Version\":\"X\",\"MinAPIVersion\":\"%s\",\"ApiVersion\":\"%s\"}"
            .formatted(oldest, newest);
    Version engine = new ObjectMapper().readValue(json, Version.class);
    return ApiVersions.choose(engine, ADDRESS).getVersion();
  }

  @Test
  void theNewestThatBothSpeakIsChosen() throws JsonProcessingException {
    assertThat(choose("1.12", "1.41")).isEqualTo("1.41");
    assertThat(choose("1.24", "1.43")).isEqualTo("1.43");
    assertThat(choose("1.44", "1.52")).isEqualTo("1.44");
  }

  @Test
  void anEngineThatIsTooOldIsToldWithBothRanges() {
    assertThatThrownBy(() -> choose("1.12", "1.40"))
        .isInstanceOf(GantryException.class)
        .hasMessageContaining("speaks API versions 1.12 to 1.40")
        .hasMessageContaining("needs one of 1.41 to 1.44");
  }

  @Test
  void anEngineThatIsTooNewIsTold() {
    assertThatThrownBy(() -> choose("1.45", "1.60"))
        .hasMessageContaining("speaks API versions 1.45 to 1.60");
  }

  @Test
  void whatIsNoEngineIsTold() {
    assertThatThrownBy(() -> choose("", "<html>")).hasMessageContaining("is no container engine");
  }
}
