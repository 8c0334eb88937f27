package gantry.testkit.container;

import gantry.api.ErrorCode;
import gantry.api.container.ExecResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * An image of the twin: a content, and how a container of it behaves. Made by {@link #serving} and
 * changed by the {@code with...} methods, each of which returns a new one.
 *
 * @param content stands for the image's bytes: images with the same content have the same id
 * @param exit when and how it ends by itself, if it does
 * @param lines what it writes when it starts
 */
public record ScriptedImage(
    String content,
    Web web,
    Optional<Exit> exit,
    OnSigterm onSigterm,
    List<String> lines,
    Pulling pulling,
    Commands commands) {

  /** Copies the lines. */
  public ScriptedImage {
    lines = List.copyOf(lines);
  }

  /**
   * What {@code GET /} answers at each of its ports.
   *
   * @param readyAfter time from its start until it answers at all
   * @param breaksAfter time from its start after which it answers 503, if it ever does
   */
  public record Web(int status, String text, Duration readyAfter, Optional<Duration> breaksAfter) {
    int statusAt(Duration age) {
      return breaksAfter.filter(limit -> age.compareTo(limit) >= 0).isPresent() ? 503 : status;
    }
  }

  /** Ends by itself. */
  public record Exit(Duration after, int code) {}

  /**
   * What SIGTERM does.
   *
   * @param obeys false: only SIGKILL ends it
   * @param takes how long it works on after SIGTERM
   * @param code how it then ends
   * @param lastWords what it writes before that
   */
  public record OnSigterm(boolean obeys, Duration takes, int code, List<String> lastWords) {
    /** Ends at once, with code 0. */
    public static final OnSigterm ENDS = new OnSigterm(true, Duration.ZERO, 0, List.of());

    /** Goes on. */
    public static final OnSigterm IGNORED = new OnSigterm(false, Duration.ZERO, 0, List.of());

    /** Copies the words. */
    public OnSigterm {
      lastWords = List.copyOf(lastWords);
    }
  }

  /** How long a pull takes, and the error that it ends with, if any. */
  public record Pulling(Duration takes, Optional<ErrorCode> fails) {}

  /**
   * What commands do.
   *
   * @param main behaviour of a container whose specification has that command; any other command
   *     behaves like the image's own
   * @param exec answers {@code exec}, from the container's environment and the command
   */
  public record Commands(
      Map<List<String>, ScriptedImage> main,
      BiFunction<Map<String, String>, List<String>, ExecResult> exec) {
    /** Copies the map. */
    public Commands {
      main = Map.copyOf(main);
    }
  }

  /** Ready at once, answers 200 with its content, ends at once on SIGTERM, pulls in no time. */
  public static ScriptedImage serving(String content) {
    return new ScriptedImage(
        content,
        new Web(200, content, Duration.ZERO, Optional.empty()),
        Optional.empty(),
        OnSigterm.ENDS,
        List.of("started"),
        new Pulling(Duration.ZERO, Optional.empty()),
        new Commands(Map.of(), (environment, command) -> new ExecResult(0, "")));
  }

  /** Answers with this status: 503 is a container that runs and never becomes ready. */
  public ScriptedImage withAnswer(int status, String text) {
    return with(new Web(status, text, web.readyAfter, web.breaksAfter));
  }

  /** Answers only this long after its start. */
  public ScriptedImage withReadyAfter(Duration delay) {
    return with(new Web(web.status, web.text, delay, web.breaksAfter));
  }

  /** Answers 503 from this long after its start on, in each of its lives. */
  public ScriptedImage withBreaksAfter(Duration time) {
    return with(new Web(web.status, web.text, web.readyAfter, Optional.of(time)));
  }

  private ScriptedImage with(Web changed) {
    return new ScriptedImage(content, changed, exit, onSigterm, lines, pulling, commands);
  }

  /** Ends by itself, in each of its lives. */
  public ScriptedImage withExit(Duration after, int code) {
    var changed = Optional.of(new Exit(after, code));
    return new ScriptedImage(content, web, changed, onSigterm, lines, pulling, commands);
  }

  /** Takes SIGTERM so. */
  public ScriptedImage withOnSigterm(OnSigterm changed) {
    return new ScriptedImage(content, web, exit, changed, lines, pulling, commands);
  }

  /** Writes these lines when it starts. */
  public ScriptedImage withLines(String... changed) {
    return new ScriptedImage(content, web, exit, onSigterm, List.of(changed), pulling, commands);
  }

  /** Takes this long to pull. */
  public ScriptedImage withPullTaking(Duration time) {
    return with(new Pulling(time, pulling.fails));
  }

  /** Cannot be pulled. */
  public ScriptedImage withPullFailing(ErrorCode code) {
    return with(new Pulling(pulling.takes, Optional.of(code)));
  }

  private ScriptedImage with(Pulling changed) {
    return new ScriptedImage(content, web, exit, onSigterm, lines, changed, commands);
  }

  /** Behaves like that one when a container's specification has this command. */
  public ScriptedImage withCommand(List<String> command, ScriptedImage behaviour) {
    Map<List<String>, ScriptedImage> main = new HashMap<>(commands.main);
    main.put(command, behaviour);
    return with(new Commands(main, commands.exec));
  }

  /** Answers {@code exec} so. */
  public ScriptedImage withExec(BiFunction<Map<String, String>, List<String>, ExecResult> answer) {
    return with(new Commands(commands.main, answer));
  }

  private ScriptedImage with(Commands changed) {
    return new ScriptedImage(content, web, exit, onSigterm, lines, pulling, changed);
  }
}
