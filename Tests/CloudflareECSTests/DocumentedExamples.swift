/// The lines of code in the doc comments of the public declarations of one file.
struct DocumentedExamples {
  private(set) var lines: [String] = []

  init(of source: String) {
    var comment: [Substring] = []
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("///") {
        comment.append(text.dropFirst(3))
      } else if !text.hasPrefix("@") {
        if text.hasPrefix("public ") { lines += Self.code(in: comment) }
        comment = []
      }
    }
  }

  /// What is indented by four or stands between fences; a line that is a result only goes to the one
  /// before.
  private static func code(in comment: [Substring]) -> [String] {
    var lines: [String] = []
    var isFenced = false
    for line in comment {
      if line.hasPrefix(" ```") {
        isFenced.toggle()
      } else if isFenced || line.hasPrefix("     ") {
        let code = String(line.drop { $0 == " " })
        if code.hasPrefix("// ") {
          lines.append(String(code.dropFirst(3)))
        } else {
          lines.append(code)
        }
      }
    }
    return lines
  }
}
