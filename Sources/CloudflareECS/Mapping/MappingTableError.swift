/// Why rows are no mapping table: the row and its fault.
///
///     do {
///       _ = try MappingTable([FieldMapping(.action, to: "event.action", .long, .keyword, "What.")])
///     } catch {
///       error.row           // 0
///       error.description   // "row 1 (event.action): keyword gives text, but the type is long"
///     }
public struct MappingTableError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The index of the row, from 0; nil where no row is at fault, as in a text that is not JSON.
  public let row: Int?
  /// The row's target; nil where it has none.
  public let target: String?
  /// A sentence for people, which names the row.
  public let description: String

  init(row: Int?, target: String?, _ fault: String) {
    self.row = row
    self.target = target
    description =
      switch (row, target) {
      case (let row?, let target?): "row \(row + 1) (\(target)): \(fault)"
      case (let row?, nil): "row \(row + 1): \(fault)"
      case (nil, _): fault
      }
  }
}
