package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.function.Function;

/**
 * Random heads, guided by coverage. In an ordinary run the kept inputs are tried again; {@code
 * JAZZER_FUZZ=1 mvn -pl proxy test -Dtest=HeadFuzzTest#request} searches for new ones, as long as
 * the annotation says.
 */
final class HeadFuzzTest {
  private final Deliveries deliveries = new Deliveries();

  @FuzzTest(maxDuration = "10m")
  void request(byte[] bytes) {
    RequestHead head = new RequestHead();
    compare(head, bytes, NaiveHttp::request);
  }

  @FuzzTest(maxDuration = "10m")
  void response(byte[] bytes) {
    compare(new ResponseHead(), bytes, NaiveHttp::response);
  }

  private void compare(Head head, byte[] bytes, Function<byte[], NaiveHttp.Framed> naive) {
    Deliveries.Outcome whole = deliveries.whole(head, bytes, 'X');
    assertThat(deliveries.whole(head, bytes, '\n')).isEqualTo(whole);
    assertThat(deliveries.byteByByte(head, bytes)).isEqualTo(whole);
    assertThat(deliveries.split(head, bytes, '\r', bytes.length / 2)).isEqualTo(whole);
    if (whole.result() == Head.Result.COMPLETE) {
      NaiveHttp.Framed framed = naive.apply(bytes);
      assertThat(whole.length()).isEqualTo(framed.length());
      assertThat(whole.body()).isEqualTo(framed.body());
    }
  }
}
