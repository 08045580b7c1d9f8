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

  /// The verdict on an action that is folded: in lower case, letters only.
  init(folded text: Span<UInt8>, _ range: Range<Int>) {
    self = .other
    for (name, verdict) in Self.names where text.equals(range, name) { self = verdict }
  }

  private static let names: [(String, Verdict)] = [
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
