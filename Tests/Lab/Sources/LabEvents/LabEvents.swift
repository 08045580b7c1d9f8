import EventGenerator
import Foundation

/// `lab-events COUNT [--output FILE] [--seed N] [--time FORM] [--order ORDER] [--escapes SHARE]`
@main
enum LabEvents {
  static let usage = """
    usage: lab-events COUNT [--output FILE] [--seed N] [--escapes SHARE]
             [--time \(EventOptions.TimeForm.allCases.map(\.rawValue).joined(separator: "|"))]
             [--order \(EventOptions.KeyOrder.allCases.map(\.rawValue).joined(separator: "|"))]

    """

  static func main() throws {
    guard let (count, path, options) = arguments(CommandLine.arguments.dropFirst()) else {
      FileHandle.standardError.write(Data(usage.utf8))
      exit(2)
    }
    var output = FileHandle.standardOutput
    if let path {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      output = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }
    var generator = EventGenerator(options)
    var lines: [UInt8] = []
    for number in 1...max(count, 1) where number <= count {
      generator.appendLine(to: &lines)
      if lines.count > 1 << 20 || number == count {
        try output.write(contentsOf: lines)
        lines.removeAll(keepingCapacity: true)
      }
    }
  }

  private static func arguments(
    _ arguments: ArraySlice<String>
  ) -> (count: Int, path: String?, options: EventOptions)? {
    guard let count = arguments.first.flatMap({ Int($0) }), count >= 0 else { return nil }
    var options = EventOptions()
    var path: String?
    var rest = arguments.dropFirst()
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      switch name {
      case "--output": path = value
      case "--seed":
        guard let seed = UInt64(value) else { return nil }
        options.seed = seed
      case "--escapes":
        guard let share = Double(value), (0...1).contains(share) else { return nil }
        options.escapes = share
      case "--time":
        guard let form = EventOptions.TimeForm(rawValue: value) else { return nil }
        options.timeForm = form
      case "--order":
        guard let order = EventOptions.KeyOrder(rawValue: value) else { return nil }
        options.keyOrder = order
      default: return nil
      }
    }
    return (count, path, options)
  }
}
