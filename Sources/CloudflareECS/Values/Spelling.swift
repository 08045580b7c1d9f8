/// Suggestions for misspelt words.
package enum Spelling {
  /// The word nearest to a text. Either the text has at least three letters and begins the word, or the
  /// distance is at most a third of the text's length (at least 1).
  package static func nearest<Words: Sequence<String>>(to text: String, in words: Words) -> String?
  {
    let letters = Array(text)
    let most = max(1, letters.count / 3)
    var nearest: (word: String, distance: Int)?
    for word in words {
      let distance =
        letters.count > 2 && word.hasPrefix(text)
        ? 1 : distance(letters, Array(word), atMost: most)
      if let distance, distance < nearest?.distance ?? .max { nearest = (word, distance) }
    }
    return nearest?.word
  }

  /// The number of letters to insert, remove, replace or swap with the next one; nil if it is above a limit.
  private static func distance(_ one: [Character], _ other: [Character], atMost most: Int) -> Int? {
    // So many have to be inserted or removed.
    if abs(one.count - other.count) > most { return nil }
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
    let distance = rows[one.count][other.count]
    return distance <= most ? distance : nil
  }
}
