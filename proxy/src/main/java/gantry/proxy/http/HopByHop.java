package gantry.proxy.http;

import org.jspecify.annotations.Nullable;

/** The fields of a head that concern one connection only, and which of them are not forwarded. */
final class HopByHop {
  final ConnectionOptions options = new ConnectionOptions();
  final Cuts cuts = new Cuts();
  private int upgradeFrom;
  private int upgradeTo;

  void clear() {
    options.clear();
    cuts.clear();
    upgradeTo = 0;
  }

  /** Takes note of the field if it is one of these; it fills the lines between the positions. */
  @Nullable Rejection field(int name, int lineFrom, int lineTo) {
    switch (name) {
      case FieldName.CONNECTION, FieldName.KEEP_ALIVE, FieldName.PROXY_CONNECTION, FieldName.TE ->
          cuts.add(lineFrom, lineTo);
      case FieldName.UPGRADE -> {
        if (upgradeTo > 0) {
          return Rejection.SEVERAL_UPGRADES;
        }
        upgradeFrom = lineFrom;
        upgradeTo = lineTo;
      }
      default -> {}
    }
    return null;
  }

  /** Whether there is a field Upgrade with the connection option that makes it count. */
  boolean asksForUpgrade() {
    return upgradeTo > 0 && options.upgrade();
  }

  /** Leaves out the field Upgrade, if there is one. */
  void cutUpgrade() {
    if (upgradeTo > 0) {
      cuts.add(upgradeFrom, upgradeTo);
    }
  }

  /** Leaves out the fields that the Connection fields name. */
  void cutNamed(long base, int firstField, int end) {
    if (!options.namesFields()) {
      return;
    }
    for (int from = firstField; from < end; ) {
      int next = Octets.lineFeed(base, from, end) + 1;
      int colon = Octets.skip(Octets.TOKEN, base, from, next);
      if (!isJudgedElsewhere(FieldName.of(base + from, colon - from))
          && options.names(base, from, colon)) {
        cuts.add(from, next);
      }
      from = next;
    }
  }

  private static boolean isJudgedElsewhere(int name) {
    return switch (name) {
      case FieldName.CONNECTION,
          FieldName.KEEP_ALIVE,
          FieldName.PROXY_CONNECTION,
          FieldName.TE,
          FieldName.UPGRADE,
          FieldName.FORWARDED,
          FieldName.FORWARDED_FOR,
          FieldName.FORWARDED_HOST,
          FieldName.FORWARDED_PROTO ->
          true;
      default -> false;
    };
  }
}
