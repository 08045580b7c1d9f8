/// An issue of a converted record, and where the record is.
public struct RecordIssue: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The field and what is wrong with it. Its offset counts from the first byte of the record.
  public let issue: NormalizationIssue
  /// The line on which the record begins, counted from 1.
  public let line: Int
  /// The byte offset of the record in the stream.
  public let offset: Int

  /// An issue of the record at a position.
  public init(_ issue: NormalizationIssue, line: Int, offset: Int) {
    self.issue = issue
    self.line = line
    self.offset = offset
  }

  /// The line and the issue, for people.
  public var description: String { "line \(line): \(issue)" }
}
