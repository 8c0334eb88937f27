package gantry.proxy.traffic.desync;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.proxy.traffic.server.GantryContender;
import gantry.proxy.traffic.server.HaproxyContender;
import gantry.proxy.traffic.server.NginxContender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every case of {@code requests.txt} through each contender, in front of a backend that records
 * what reaches it. The table is left in {@code target/desync.md}.
 */
class DesyncIT {
  @Test
  void proxyAndBackendAgreeOnTheNumberOfRequests() throws Exception {
    List<Case> cases = CaseTable.all();
    assertThat(cases).hasSizeGreaterThan(200);
    Map<String, List<Verdict>> trials = new LinkedHashMap<>();
    trials.put("gantry", Trial.run(cases, GantryContender::new));
    trials.put("haproxy", Trial.run(cases, HaproxyContender::new));
    trials.put("nginx", Trial.run(cases, NginxContender::new));
    Summary.write(trials);
    assertThat(trials.get("gantry")).allMatch(DesyncIT::isStrict);
    trials.forEach((name, verdicts) -> assertThat(verdicts).as(name).allMatch(DesyncIT::isCarried));
  }

  /** What Gantry promises: refused or forwarded, never repaired and never passed on malformed. */
  private static boolean isStrict(Verdict verdict) {
    return verdict.outcome().compareTo(Outcome.REFUSED) <= 0;
  }

  /** A proxy that refuses everything would agree as well. */
  private static boolean isCarried(Verdict verdict) {
    return !verdict.sent().valid() || verdict.outcome() == Outcome.FORWARDED;
  }
}
