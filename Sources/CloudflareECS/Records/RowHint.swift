/// Gives a hint for a line that is not JSON but looks like CSV without a header of known names or with another delimiter.
enum RowHint {
  /// The hint for a line; nil if it does not look like a row.
  static func text(for text: Span<UInt8>, _ line: Range<Int>) -> String? {
    guard line.count <= RowReader.longestHeader, text.firstInvalidUTF8(in: line) == nil else {
      return nil
    }
    let content = String(text, line)
    // It is probably broken JSON.
    guard !content.contains("{") else { return nil }
    for delimiter in [";", "|"] as [Character]
    where names(content, delimiter).filter(isKnown).count > 1 {
      return "looks like CSV with another delimiter: try --delimiter '\(delimiter)'"
    }
    for delimiter in [",", "\t"] as [Character] {
      let cells = names(content, delimiter)
      if cells.count >= 3, !cells.contains(where: isKnown) {
        return "looks like CSV without a header of known names: name its columns with --fields"
      }
    }
    return nil
  }

  private static func names(_ line: String, _ delimiter: Character) -> [String] {
    line.split(separator: delimiter, omittingEmptySubsequences: false).map { cell in
      String(cell.filter { $0 != "\"" && !$0.isWhitespace })
    }
  }

  /// Whether a name is a field of some dataset.
  static func isKnown(_ name: String) -> Bool {
    FoldedNames.listed.find(name) != nil || DatasetNames.shared.hasField(name)
  }
}
