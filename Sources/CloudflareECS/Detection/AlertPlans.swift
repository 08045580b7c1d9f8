import Synchronization

/// The compiled tables of rules' alerts. Converters with one detector and one table share them: to compile one takes as
/// long as converting about a thousand events.
final class AlertPlans: Sendable {
  /// The most rules whose alerts have a table of their own: with what works with it, it takes about 100 KiB.
  static let mostRules = 16

  private struct Compiled {
    /// The plan of the table that the others were made of.
    var plan: Plan
    /// By index of the rule; nil where alerts cannot be written by a table.
    var ofRules: [Int: Plan?] = [:]
  }

  private let compiled = Mutex<Compiled?>(nil)

  /// The plan for a rule's alerts; nil if they have to be made by value.
  func plan(of rule: Int, _ rules: [DetectionRule], _ table: MappingTable) -> Plan? {
    compiled.withLock { compiled in
      if compiled?.plan !== table.plan { compiled = Compiled(plan: table.plan) }
      if let known = compiled?.ofRules[rule] { return known }
      guard (compiled?.ofRules.count ?? 0) < Self.mostRules else { return nil }
      let plan = table.alerts(of: rules[rule])?.plan
      compiled?.ofRules[rule] = .some(plan)
      return plan
    }
  }
}
