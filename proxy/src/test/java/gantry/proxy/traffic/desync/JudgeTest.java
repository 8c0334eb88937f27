package gantry.proxy.traffic.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge on proxies that exist only here. */
class JudgeTest {
  private static final String MARK = "X-Forwarded-For: 1.2.3.4\r\n\r\n";

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static Case find(String name) throws Exception {
    return CaseTable.all().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * A proxy that reads leniently and forwards what it read, with a field at the end of the head.
   */
  private static Verdict naive(Case sent) {
    String marked = sent.text().replaceFirst("\r\n\r\n", "\r\n" + MARK);
    return Judge.judge(sent, new Answers(List.of(), List.of(), true), List.of(latin1(marked)));
  }

  @Test
  void theNaiveProxyDisagreesWithItsBackend() throws Exception {
    for (String name :
        List.of("cl-te-plain", "te-cl-plain", "te-quoted", "cl-twice-different", "cl-odd-plus")) {
      assertThat(naive(find(name)).outcome()).as(name).isEqualTo(Outcome.DISAGREEMENT);
    }
  }

  @Test
  void oneRequestThatAllReadAlikeIsForwarded() {
    Case sent = new Case("valid", "one", true, "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(naive(sent).outcome()).isEqualTo(Outcome.FORWARDED);
  }

  @Test
  void whatOnlyAStrictServerRefusesIsMalformed() {
    Case sent = new Case("host", "none", false, "GET /1 HTTP/1.1\r\nX: y\r\n\r\n");
    assertThat(naive(sent).outcome()).isEqualTo(Outcome.MALFORMED);
  }

  @Test
  void aWellFormedVersionOfARequestToRefuseIsRepaired() throws Exception {
    Case sent = find("lf-everywhere");
    byte[] repaired = latin1("GET /1 HTTP/1.1\r\nHost: a\r\n" + MARK);
    Answers answers = new Answers(List.of("/1"), List.of(), true);
    assertThat(Judge.judge(sent, answers, List.of(repaired)).outcome()).isEqualTo(Outcome.REPAIRED);
  }

  @Test
  void nothingForwardedIsRefused() throws Exception {
    Answers answers = new Answers(List.of(), List.of(400), true);
    Verdict verdict = Judge.judge(find("cl-te-plain"), answers, List.of());
    assertThat(verdict.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(verdict.reason()).contains("400");
  }

  @Test
  void bytesThatBelongToNoRequestAreADisagreement() {
    Case sent = new Case("valid", "one", true, "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nhello");
    assertThat(naive(sent).outcome()).isEqualTo(Outcome.DISAGREEMENT);
  }
}
