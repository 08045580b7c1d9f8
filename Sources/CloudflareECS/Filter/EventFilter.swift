/// Conditions on the events of a log: only events for which all of them hold are kept.
///
/// A condition is written `TARGET OP VALUE[,VALUE…]`, without spaces around the operator. The target is an ECS target
/// of the table or the name of a Cloudflare field; if a name is both, it is the target.
///
/// | operator | holds if the target |
/// | --- | --- |
/// | `=` | equals one of the values; for an address, a value may be a CIDR block |
/// | `!=` | equals none of them, or is absent |
/// | `^=` `$=` `*=` | begins with, ends with, contains one of the values |
/// | `<` `<=` `>` `>=` | is a number or time below, up to, above, from the value on |
/// | none | is present; with `!` before the target, is absent |
///
/// Of an array one element is enough; for `!=` no element may be equal. Texts are compared without the case of the
/// letters A–Z, numbers, times and addresses by value. `\,` is a comma in a value.
///
///     let filter = try EventFilter(["event.action=block,drop", "source.ip=203.0.113.0/24"], for: table)
///     filter.holds(for: event)      // true
///
/// With ``NDJSONConverter/Options/filter`` a converter keeps only the events for which it holds.
public struct EventFilter: Sendable {
  /// The conditions, as they were written.
  public let conditions: [String]
  private let table: MappingTable
  let compiled: CompiledFilter

  /// A filter of these conditions for the targets of a table.
  /// - Throws: ``EventFilterError`` for the first condition that cannot be evaluated.
  public init(_ conditions: [String], for table: MappingTable) throws(EventFilterError) {
    self.conditions = conditions
    self.table = table
    compiled = try CompiledFilter(conditions, FilteredRows(table))
  }

  /// Whether all conditions hold for an event.
  public func holds(for event: FirewallEvent) -> Bool { compiled.holds(for: event) }
}

extension EventFilter: Hashable {
  /// Whether both have the same conditions for equal tables.
  public static func == (left: EventFilter, right: EventFilter) -> Bool {
    left.conditions == right.conditions && left.table == right.table
  }

  /// Hashes the conditions.
  public func hash(into hasher: inout Hasher) { hasher.combine(conditions) }
}
