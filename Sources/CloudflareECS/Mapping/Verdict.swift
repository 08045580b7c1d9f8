/// What an action means for an event: the rows of the mapping's table of actions.
enum Verdict {
  /// Refused: `event.type: denied`.
  case denied
  /// A challenge that was asked for and failed: denied, and the outcome is a failure.
  case failed
  /// The connection was closed.
  case closed
  /// Let through.
  case allowed
  /// Neither; also every action that is not listed.
  case other

  /// The same, to find an action's place by its name.
  static let table = KeyTable(names.map(\.0))

  /// The actions that are listed, in lower case and with letters only.
  static let names: [(String, Verdict)] = [
    ("allow", .allowed),
    ("block", .denied),
    ("connectionclose", .closed),
    ("forceconnectionclose", .closed),
    ("challengesolved", .allowed),
    ("challengefailed", .failed),
    ("challengebypassed", .allowed),
    ("jschallengesolved", .allowed),
    ("jschallengefailed", .failed),
    ("jschallengebypassed", .allowed),
    ("bypass", .allowed),
    ("skip", .allowed),
    ("managedchallengeskipped", .allowed),
    ("managedchallengenoninteractivesolved", .allowed),
    ("managedchallengeinteractivesolved", .allowed),
    ("managedchallengebypassed", .allowed),
    ("precursorinterstitialpagebypassed", .allowed),
    ("precursorinterstitialpagesolved", .allowed),
    ("drop", .denied),
  ]
}
