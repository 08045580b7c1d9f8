import Synchronization

/// The plans of the tables that were used, so that each is compiled once.
enum PlanCache {
  private struct Key: Hashable {
    let profile: ObjectIdentifier
    let keepsOriginal: Bool
    let namespace: String?
  }

  private static let plans = Mutex<[Key: Plan]>([:])

  static func plan(
    of profile: any Normalizer.Type, _ options: ConverterOptions = ConverterOptions()
  ) -> Plan {
    let key = Key(
      profile: ObjectIdentifier(profile), keepsOriginal: options.keepsOriginal,
      namespace: options.namespace)
    return plans.withLock { plans in
      if let plan = plans[key] { return plan }
      let plan = Plan(options.table(of: profile))
      plans[key] = plan
      return plan
    }
  }
}
