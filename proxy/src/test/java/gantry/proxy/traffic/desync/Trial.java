package gantry.proxy.traffic.desync;

import static org.awaitility.Awaitility.await;

import gantry.proxy.traffic.server.Contender;
import gantry.proxy.traffic.server.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends all cases through one contender, each on a lane of its own, and judges them. */
final class Trial {
  private static final int AT_ONCE = 16;
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Trial() {}

  /** Starts a contender with so many lanes to the backend on this port. */
  interface Start {
    Contender start(int lanes, int backendPort) throws Exception;
  }

  static List<Verdict> run(List<Case> cases, Start start) throws Exception {
    try (RecordingBackend backend = new RecordingBackend(cases.size())) {
      List<Answers> answers;
      try (Contender contender = start.start(cases.size(), backend.port())) {
        answers = send(cases, contender);
      }
      // The proxy's end is the end of its connections, so that all is recorded that there was.
      await().atMost(DEADLINE).until(() -> backend.open() == 0);
      List<Verdict> verdicts = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        verdicts.add(Judge.judge(cases.get(i), answers.get(i), backend.recordings(new Lane(i))));
      }
      return verdicts;
    }
  }

  private static List<Answers> send(List<Case> cases, Contender contender)
      throws IOException, InterruptedException, ExecutionException {
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Answers>> sent = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        Lane lane = new Lane(i);
        byte[] bytes = cases.get(i).bytes();
        sent.add(pool.submit(() -> RawClient.send(contender.listener(lane), bytes)));
      }
      List<Answers> answers = new ArrayList<>();
      for (Future<Answers> one : sent) {
        answers.add(one.get());
      }
      return answers;
    }
  }
}
