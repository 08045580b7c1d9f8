import Foundation

/// `bench [--allocations] [NAME…]`: all figures, or those whose name holds one of the texts.
/// `bench --typed PROFILE COUNT`: so many events, once.
@main
enum Bench {
  static func main() throws {
    var names = Array(CommandLine.arguments.dropFirst())
    if names.first == "--typed" {
      guard names.count == 3, try TypedPath.run(names[1], names[2]) else { exit(2) }
      return
    }
    let onlyAllocations = names.first == "--allocations"
    if onlyAllocations { names.removeFirst() }
    var failures = 0
    if !onlyAllocations { print(row("", "MB/s", "ns/item", "allocations/item")) }
    for figure in try Figures(Events()).all
    where names.isEmpty || names.contains(where: figure.name.contains) {
      do {
        let measured = try figure.measure(in: onlyAllocations ? .zero : .milliseconds(250))
        let allocations = String(format: "%.4f", measured.allocations)
        if onlyAllocations {
          print("\(figure.name)\t\(allocations)")
        } else {
          let speed = Double(figure.bytes) / Double(figure.items) / measured.nanoseconds * 1000
          print(
            row(
              figure.name, String(format: "%.0f", speed),
              String(format: "%.0f", measured.nanoseconds), allocations))
        }
      } catch let wrong as Figure.WrongAnswer {
        failures += 1
        FileHandle.standardError.write(Data("\(wrong)\n".utf8))
      }
    }
    if failures > 0 { exit(1) }
  }

  private static func row(_ name: String, _ columns: String...) -> String {
    columns.reduce(name.padding(toLength: 34, withPad: " ", startingAt: 0)) { line, column in
      line + String(repeating: " ", count: max(1, 12 - column.count)) + column
    }
  }
}
