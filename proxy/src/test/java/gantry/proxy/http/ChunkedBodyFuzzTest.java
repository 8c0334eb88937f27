package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Random chunked bodies, guided by coverage; see {@link HeadFuzzTest} for how to run it longer. */
final class ChunkedBodyFuzzTest {
  private final Deliveries deliveries = new Deliveries();
  private final ChunkedBody body = new ChunkedBody();

  @FuzzTest(maxDuration = "10m")
  void chunks(byte[] bytes) {
    Deliveries.Body whole = deliveries.body(body, bytes, bytes.length);
    assertThat(deliveries.body(body, bytes, bytes.length / 2)).isEqualTo(whole);
    assertThat(deliveries.body(body, bytes, bytes.length / 3)).isEqualTo(whole);
    assertThat(deliveries.bodyByteByByte(body, bytes)).isEqualTo(whole);
    if (whole.over()) {
      assertThat(whole.length()).isEqualTo(NaiveHttp.body(bytes));
    }
  }
}
