package gantry.engine.plan;

/** Actions in a few words, without their reasons. */
final class Words {
  private Words() {}

  static String of(Action action) {
    return switch (action) {
      case Action.StartProxy a -> "start proxy";
      case Action.AcquireSlot a -> "acquire slot " + a.index() + " for " + a.revision();
      case Action.ReclaimSlot a -> "reclaim slot " + a.slot().index();
      case Action.Enqueue a -> "enqueue";
      case Action.LeaveQueue a -> "leave queue";
      case Action.AdmitProven a -> "admit proven " + a.revision();
      case Action.ReportLost a -> "report lost " + a.slot().machine().orElseThrow();
      case Action.Pull a -> "pull " + a.revision().number();
      case Action.Create a -> "create " + a.revision().number();
      case Action.Adopt a -> "adopt " + a.revision();
      case Action.Start a -> "start " + a.id();
      case Action.CheckReady a -> "check " + a.container().id();
      case Action.ApplyRoutes a -> routes(a);
      case Action.FinishUpdate a -> "finish " + a.revision();
      case Action.FailUpdate a -> "fail " + a.revision() + " " + a.kind().label();
      case Action.LeaveSlot a -> "leave slot " + a.slot().index() + ", run " + a.revision();
      case Action.SettleCut a -> "settle cut, left " + a.left();
      case Action.Stop a -> "stop " + a.id();
      case Action.Kill a -> "kill " + a.id();
      case Action.Remove a -> "remove " + a.id();
    };
  }

  private static String routes(Action.ApplyRoutes a) {
    String where = a.routes().isEmpty() ? "nothing" : Long.toString(a.revision());
    return "route to " + where + (a.fence().isPresent() ? ", fenced" : "");
  }
}
