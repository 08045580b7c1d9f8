import Synchronization

/// The plans of the profiles that were used for typed events, so that each table is compiled once.
enum PlanCache {
  private static let plans = Mutex<[ObjectIdentifier: Plan]>([:])

  static func plan(of profile: any Normalizer.Type) -> Plan {
    plans.withLock { plans in
      if let plan = plans[ObjectIdentifier(profile)] { return plan }
      let plan = Plan(profile.fields)
      plans[ObjectIdentifier(profile)] = plan
      return plan
    }
  }
}
