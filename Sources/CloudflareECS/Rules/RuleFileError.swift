/// Why a rule file, or a rule in it, cannot be used.
struct RuleFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line in the file, from 1; 0 if it is not known, as in JSON.
  let line: Int
  /// What is wrong.
  let fault: String

  init(_ fault: String, line: Int) {
    self.fault = fault
    self.line = line
  }

  /// `line 7: …`
  var description: String { line == 0 ? fault : "line \(line): \(fault)" }
}
