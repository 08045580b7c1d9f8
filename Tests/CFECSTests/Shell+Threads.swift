import Foundation
import Testing

extension Shell {
  /// Runs a command line in which `$j` stands for the option of threads, first with one and then with other numbers of
  /// them, and expects the same status, output, messages, files and, without the seconds, counts. Leaves the files of
  /// the last run.
  @discardableResult
  func expectSame(
    _ line: String, files: [String] = [], counts: String? = nil, threads: [Int] = [2, 3, 8],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Result {
    func outcome(_ threads: Int) throws -> (result: Result, files: [Data], counts: NSDictionary) {
      let result = try self.run("j='-j \(threads)'; \(line)")
      var stats = try counts.map { try Self.object(read($0)) } ?? [:]
      stats["seconds"] = nil
      return (result, try files.map { try Data(contentsOf: url($0)) }, stats as NSDictionary)
    }
    let one = try outcome(1)
    for number in threads {
      let more = try outcome(number)
      let note = Comment(rawValue: "-j \(number): \(line)")
      #expect(more.result.status == one.result.status, note, sourceLocation: sourceLocation)
      #expect(more.result.output == one.result.output, note, sourceLocation: sourceLocation)
      #expect(more.result.error == one.result.error, note, sourceLocation: sourceLocation)
      for (index, name) in files.enumerated() {
        let isSame = more.files[index] == one.files[index]
        #expect(isSame, "\(name), -j \(number): \(line)", sourceLocation: sourceLocation)
      }
      #expect(more.counts == one.counts, note, sourceLocation: sourceLocation)
    }
    return one.result
  }
}
