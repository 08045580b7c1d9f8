import CloudflareECS
import Foundation
import TestSupport
import Testing

/// Inputs that people really have, read by the command: as a file and as standard input.
@Suite struct StreamCaseCommandTests {
  @Test("gives the expected result", arguments: StreamCase.all)
  func command(stream: StreamCase) throws {
    let shell = try Shell()
    let options = stream.options.map { "'\($0)'" }.joined(separator: " ")
    let path = stream.url.path
    for input in ["'\(path)'", "<'\(path)'", "-j 3 <'\(path)'"] {
      let result = try shell.run("rm -f r s; cf-ecs --rejects r --stats s \(options) \(input)")
      #expect(Int(result.status) == stream.status, "\(input)")
      #expect(result.output.split(separator: "\n").count == stream.events, "\(input)")
      let rejections = try shell.read("r").split(separator: "\n").map { line in
        let rejection = try Shell.object(line)
        return "\(rejection["code"] as? String ?? ""):\(rejection["line"] as? Int ?? 0)"
      }
      #expect(rejections.sorted() == stream.rejections.sorted(), "\(input)")
      #expect(result.error.isEmpty == stream.rejections.isEmpty, "\(input)")
    }
  }
}
