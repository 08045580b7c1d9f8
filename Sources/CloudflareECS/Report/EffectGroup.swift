/// Actions by what they did to the request: the parts of a bar.
enum EffectGroup: String, CaseIterable {
  case denied, challenged, allowed, other

  var title: String {
    switch self {
    case .denied: "denied"
    case .challenged: "challenged"
    case .allowed: "allowed"
    case .other: "logged and others"
    }
  }

  /// The group of a series of the ``Timeline``.
  static func group(of series: Int) -> EffectGroup {
    guard FirewallEvent.Action.effects.indices.contains(series) else { return .other }
    let (action, effect) = FirewallEvent.Action.effects[series]
    switch effect {
    case .denied, .failed, .closed: return .denied
    case .allowed: return .allowed
    case .other: return challenges.contains(action) ? .challenged : .other
    }
  }

  private static let challenges: Set<FirewallEvent.Action> = [
    .challenge, .jsChallenge, .managedChallenge, .precursorInterstitialPageIssued,
  ]
}

extension Timeline {
  /// The counts of a bar by group.
  func groups(of bar: Int) -> [EffectGroup: Int] {
    var groups: [EffectGroup: Int] = [:]
    for (series, count) in counts(of: bar).enumerated() where count > 0 {
      groups[.group(of: series), default: 0] += count
    }
    return groups
  }
}
