package gantry.proxy.http;

import static gantry.proxy.http.Deliveries.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Memory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class HeadEditTest {
  private static final String FOR = "X-Forwarded-For: 1.2.3.4\r\n";
  private static final String PROTO = "X-Forwarded-Proto: http\r\n";
  private static final String HOST = "X-Forwarded-Host: a:80\r\n";
  private static final String GET = "GET / HTTP/1.1\r\nHost: a:80\r\n";
  private static final String BODY = "body";

  private final Deliveries deliveries = new Deliveries();
  private final HeadEdit edit = new HeadEdit();

  @Test
  void addsWhoTheClientIs() {
    assertThat(request(GET + "X: y\r\n", false)).isEqualTo(GET + "X: y\r\n" + FOR + PROTO + HOST);
    assertThat(request("GET / HTTP/1.0\r\n", false)).isEqualTo("GET / HTTP/1.0\r\n" + FOR + PROTO);
    assertThat(request("\r\n" + GET, false)).isEqualTo(GET + FOR + PROTO + HOST);
  }

  @Test
  void replacesWhatIsNotTrusted() {
    String incoming =
        "X-Forwarded-For: 9\r\nForwarded: for=9\r\nx-forwarded-proto: https\r\nA: b\r\nX-Forwarded-Host: b\r\n";
    assertThat(request(GET + incoming, false)).isEqualTo(GET + "A: b\r\n" + FOR + PROTO + HOST);
    assertThat(request(GET + incoming, true)).isEqualTo(GET + incoming + FOR);
    assertThat(request(GET, true)).isEqualTo(GET + FOR + PROTO + HOST);
  }

  @Test
  void takesOutWhatConcernsOneConnection() {
    String own =
        String.join(
            "\r\n",
            "Connection: x-a, close, TE",
            "Keep-Alive: 5",
            "X-B: 2",
            "X-A: 1",
            "TE: trailers",
            "connection: X-Forwarded-Host, x-c",
            "X-C:",
            "x-a: 3",
            "Proxy-Connection: x",
            "X-Forwarded-Host: z",
            "Upgrade: h2c",
            "Trailer: X-D",
            "");
    assertThat(request(GET + own, false))
        .isEqualTo(GET + "X-B: 2\r\nTrailer: X-D\r\n" + FOR + PROTO + HOST);
  }

  @Test
  void keepsAnUpgrade() {
    String upgrade = "Upgrade: websocket\r\n";
    assertThat(
            request(
                GET
                    + "Connection: keep-alive, Upgrade, Http2-Settings\r\n"
                    + upgrade
                    + "HTTP2-Settings: x\r\n",
                false))
        .isEqualTo(GET + upgrade + FOR + PROTO + HOST + "Connection: upgrade\r\n");
  }

  @Test
  void fitsHoweverLongTheHostIs() {
    String host = "a".repeat(300);
    String forwardedFor = "X-Forwarded-For: " + "f".repeat(39) + "\r\n";
    RequestHead head = new RequestHead();
    Chunk chunk =
        scanned(
            head, "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: upgrade\r\nUpgrade: x\r\n");
    int length = head.forward(chunk, edit, bytes(forwardedFor), false);
    assertThat(text(chunk, length))
        .endsWith("X-Forwarded-Host: " + host + "\r\nConnection: upgrade\r\n");
  }

  @Test
  void editsAnswers() {
    String plain = "HTTP/1.1 200 OK\r\nX: y\r\n";
    assertThat(response(plain, HeadEdit.NOTHING)).isEqualTo(plain);
    assertThat(
            response(
                plain + "Connection: a, keep-alive\r\nA: b\r\nKeep-Alive: 5\r\nUpgrade: h2\r\n",
                HeadEdit.CONNECTION_CLOSE))
        .isEqualTo(plain + "Connection: close\r\n");
    String upgrade = "HTTP/1.1 101 OK\r\nUpgrade: x\r\n";
    assertThat(response(upgrade + "Connection: Upgrade\r\n", HeadEdit.CONNECTION_UPGRADE))
        .isEqualTo(upgrade + "Connection: upgrade\r\n");
  }

  private String request(String text, boolean trusted) {
    RequestHead head = new RequestHead();
    Chunk chunk = scanned(head, text);
    return text(chunk, head.forward(chunk, edit, bytes(FOR), trusted));
  }

  private String response(String text, byte[] connection) {
    ResponseHead head = new ResponseHead();
    Chunk chunk = scanned(head, text);
    return text(chunk, head.forward(chunk, edit, connection));
  }

  private Chunk scanned(Head head, String text) {
    Chunk chunk = deliveries.chunk(bytes(text + "\r\n" + BODY));
    assertThat(head.scan(chunk)).isEqualTo(Head.Result.COMPLETE);
    return chunk;
  }

  /** The fields of the edited head, with everything else that must hold checked. */
  private static String text(Chunk chunk, int length) {
    byte[] bytes = Memory.bytes(chunk.address() + chunk.position(), chunk.length());
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text.substring(length)).isEqualTo(BODY);
    assertThat(text.substring(0, length)).endsWith("\r\n\r\n");
    return text.substring(0, length - 2);
  }
}
