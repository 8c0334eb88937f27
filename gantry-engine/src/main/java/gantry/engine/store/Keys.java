package gantry.engine.store;

/**
 * Where values stand in the coordinator. All that decides over a rollout lies under one prefix of
 * its component, so that one read gives one consistent picture and one watch sees every change;
 * machine records and the history lie outside it, so that they wake nobody.
 */
final class Keys {
  private static final String ROOT = "/gantry/v1/projects/";

  private Keys() {}

  static String config(String project) {
    return ROOT + project + "/config";
  }

  static String presences(String project) {
    return ROOT + project + "/machines/";
  }

  static String presences(String project, String machine) {
    return presences(project) + machine + "/";
  }

  static String presence(String project, String machine, String session) {
    return presences(project, machine) + session;
  }

  static String rollout(ComponentKey key) {
    return component(key) + "rollout/";
  }

  static String desired(ComponentKey key) {
    return rollout(key) + "desired";
  }

  static String alert(ComponentKey key) {
    return rollout(key) + "alert";
  }

  static String proven(ComponentKey key) {
    return rollout(key) + "proven";
  }

  static String slot(ComponentKey key, int index) {
    return slots(key) + index;
  }

  static String admission(ComponentKey key, int index) {
    return rollout(key) + "admissions/" + index;
  }

  /** Which machine finished last: it looks after the next one. Wakes nobody. */
  static String last(ComponentKey key) {
    return rollout(key) + "last";
  }

  static String slots(ComponentKey key) {
    return rollout(key) + "slots/";
  }

  static String queue(ComponentKey key) {
    return component(key) + "queue/";
  }

  static String queued(ComponentKey key, String machine) {
    return queue(key) + machine;
  }

  static String revisions(ComponentKey key) {
    return component(key) + "revisions/";
  }

  static String revision(ComponentKey key, long number) {
    return revisions(key) + number;
  }

  static String successes(ComponentKey key) {
    return component(key) + "successes/";
  }

  static String success(ComponentKey key, long number) {
    return successes(key) + number;
  }

  static String failures(ComponentKey key) {
    return component(key) + "failures/";
  }

  static String failure(ComponentKey key, long number) {
    return failures(key) + number;
  }

  static String machines(ComponentKey key) {
    return component(key) + "machines/";
  }

  static String machine(ComponentKey key, String machine) {
    return machines(key) + machine;
  }

  /** What operators want to end on machines, one key each. */
  static String cuts(ComponentKey key) {
    return component(key) + "cuts/";
  }

  static String cut(ComponentKey key, String machine) {
    return cuts(key) + machine;
  }

  private static String component(ComponentKey key) {
    return ROOT + key.project() + "/components/" + key.component() + "/";
  }
}
