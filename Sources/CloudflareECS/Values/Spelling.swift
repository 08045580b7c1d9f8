/// Suggestions for misspelt words.
package enum Spelling {
  /// The word nearest to a text. Either the text has at least three letters and begins the word, or the
  /// distance is at most a third of the text's length (at least 1).
  package static func nearest<Words: Sequence<String>>(to text: String, in words: Words) -> String?
  {
    let near = words.map { word in
      (word: word, distance: text.count > 2 && word.hasPrefix(text) ? 1 : distance(text, word))
    }
    return near.filter { $0.distance <= max(1, text.count / 3) }
      .min { $0.distance < $1.distance }?.word
  }

  /// The number of letters to insert, remove, replace or swap with the next one.
  private static func distance(_ one: String, _ other: String) -> Int {
    let (one, other) = (Array(one), Array(other))
    var rows = [Array(0...other.count)]
    for i in one.indices {
      var row = [i + 1]
      for j in other.indices {
        var least = min(
          rows[i][j] + (one[i] == other[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
          least = min(least, rows[i - 1][j - 1] + 1)
        }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[one.count][other.count]
  }
}
