/// Reads indicators from lines of text and rows of CSV.
struct IndicatorRows: ~Copyable, Sendable {
  private enum Column: String {
    case type, value, id, description, confidence, provider, validFrom = "valid_from"
    case validUntil = "valid_until"
    case labels
  }

  private var columns: [Column?] = []
  private var typeColumn = 0
  private var valueColumn = 0
  private var cells: [Range<Int>] = []

  init() {}

  /// Whether a line is a header with `type` and `value`.
  mutating func readHeader(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let names = String(text, trimmed(text, line)).lowercased().split(
      separator: ",", omittingEmptySubsequences: false)
    columns = names.map { name in Column(rawValue: name.filter { $0 != "\"" && $0 != " " }) }
    guard let type = columns.firstIndex(of: .type), let value = columns.firstIndex(of: .value)
    else { return false }
    (typeColumn, valueColumn) = (type, value)
    return true
  }

  mutating func read(
    _ text: Span<UInt8>, _ line: Range<Int>, isCSV: Bool, into set: inout IndicatorSet
  ) {
    let line = trimmed(text, line)
    guard !line.isEmpty, text[line.lowerBound] != UInt8(ascii: "#") else { return }
    if isCSV { readRow(text, line, into: &set) } else { readLine(text, line, into: &set) }
  }

  // MARK: Text

  private func readLine(_ text: Span<UInt8>, _ line: Range<Int>, into set: inout IndicatorSet) {
    if let kind = Self.kind(text, line) {
      let key = IndicatorKey(kind, text, line)
      if let key { return set.add(key) }
    }
    set.unsupported.add(String(text, line))
  }

  /// Guesses the kind of an observable. A URL has `://` or begins with `/`; a user agent has a space; an
  /// IPv6 address has more than one colon; an IPv4 address has three dots and only digits besides; a name
  /// has a dot and only characters of names. Nil for anything else.
  private static func kind(_ text: Span<UInt8>, _ range: Range<Int>) -> Indicator.Kind? {
    if text[range.lowerBound] == .slash { return .url }
    var (dots, colons, spaces, slashes, others) = (0, 0, 0, 0, 0)
    var isNumeric = true
    for offset in range {
      let byte = text[offset]
      switch byte {
      case .dot: dots &+= 1
      case .colon:
        colons &+= 1
        let isScheme = offset &+ 2 < range.upperBound && text[offset &+ 1] == .slash
        if isScheme, text[offset &+ 2] == .slash { return .url }
      case .space: spaces &+= 1
      case .slash: slashes &+= 1
      case .minus, UInt8(ascii: "_"): isNumeric = false
      default:
        if !byte.isDigit { isNumeric = false }
        if !byte.isDigit, !byte.isLetter, byte < 0x80 { others &+= 1 }
      }
    }
    if spaces > 0 { return .userAgent }
    if colons > 1 { return .ipv6 }
    if isNumeric, dots == 3, colons == 0 { return .ipv4 }
    return dots > 0 && colons + slashes + others == 0 ? .domain : nil
  }

  // MARK: Rows

  private mutating func readRow(
    _ text: Span<UInt8>, _ line: Range<Int>, into set: inout IndicatorSet
  ) {
    split(text, line)
    guard typeColumn < cells.count, valueColumn < cells.count,
      let kind = kind(text, cells[typeColumn], of: cells[valueColumn])
    else { return set.unsupported.add(String(text, line)) }
    let hasMore = zip(columns, cells).contains { column, cell in
      column != nil && column != .type && column != .value && !cell.isEmpty
    }
    let range = cells[valueColumn]
    let hasQuotes = text.firstOffset(of: .quote, in: range) < range.upperBound
    if !hasMore, !hasQuotes {
      let key = IndicatorKey(kind, text, range)
      if let key { return set.add(key) }
      return set.unsupported.add(String(text, line))
    }
    var indicator = Indicator(kind: kind, value: "")
    var isRead = true
    for (column, cell) in zip(columns, cells) where !cell.isEmpty {
      if let column {
        isRead = Self.take(Self.plain(text, cell), column, into: &indicator) && isRead
      }
    }
    if !isRead || !set.add(indicator) { set.unsupported.add(indicator.id ?? String(text, line)) }
  }

  /// Stores a cell in its property. Returns false if a time or a confidence cannot be read.
  private static func take(
    _ text: String, _ column: Column, into indicator: inout Indicator
  ) -> Bool {
    switch column {
    case .type: break
    case .value: indicator.value = text
    case .id: indicator.id = text
    case .description: indicator.description = text
    case .confidence:
      indicator.confidence = Int64(text)
      return indicator.confidence != nil
    case .provider: indicator.provider = text
    case .validFrom:
      indicator.validFrom = Timestamp(text)
      return indicator.validFrom != nil
    case .validUntil:
      indicator.validUntil = Timestamp(text)
      return indicator.validUntil != nil
    case .labels:
      let labels = text.lowercased().split { $0 == ";" || $0 == "|" }
      indicator.isCommandAndControl = labels.contains { $0 == "c2" || $0 == "command-and-control" }
    }
    return true
  }

  private func kind(_ text: Span<UInt8>, _ type: Range<Int>, of value: Range<Int>)
    -> Indicator.Kind?
  {
    func isType(_ names: String...) -> Bool {
      names.contains { text.equalsIgnoringCase(type, $0) }
    }
    if isType("domain-name", "domain", "hostname") { return .domain }
    if isType("url") { return .url }
    if isType("ipv4-addr", "ipv6-addr", "ipv4", "ipv6", "ip") {
      return text.firstOffset(of: .colon, in: value) < value.upperBound ? .ipv6 : .ipv4
    }
    return isType("user-agent", "user_agent") ? .userAgent : nil
  }

  /// Splits a line into cells as in RFC 4180, without the enclosing quotes.
  private mutating func split(_ text: Span<UInt8>, _ line: Range<Int>) {
    cells.removeAll(keepingCapacity: true)
    var start = line.lowerBound
    while true {
      if start < line.upperBound, text[start] == .quote {
        var end = start &+ 1
        while end < line.upperBound {
          if text[end] == .quote {
            let isDoubled = end &+ 1 < line.upperBound && text[end &+ 1] == .quote
            if !isDoubled { break }
            end &+= 1
          }
          end &+= 1
        }
        end = min(end, line.upperBound)
        cells.append((start &+ 1)..<end)
        start = text.firstOffset(of: .comma, in: min(end &+ 1, line.upperBound)..<line.upperBound)
      } else {
        let end = text.firstOffset(of: .comma, in: start..<line.upperBound)
        cells.append(start..<end)
        start = end
      }
      if start >= line.upperBound { return }
      start &+= 1
    }
  }

  /// The text of a cell, with doubled quotes made single.
  private static func plain(_ text: Span<UInt8>, _ cell: Range<Int>) -> String {
    let bytes = String(text, cell)
    guard bytes.utf8.contains(.quote) else { return bytes }
    var result = String.UnicodeScalarView()
    var isFirstOfPair = false
    for scalar in bytes.unicodeScalars {
      isFirstOfPair = scalar == "\"" && !isFirstOfPair
      if !isFirstOfPair { result.append(scalar) }
    }
    return String(result)
  }

  private func trimmed(_ text: Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    var (start, end) = (line.lowerBound, line.upperBound)
    while start < end, text[start].isWhiteSpace { start &+= 1 }
    while end > start, text[end &- 1].isWhiteSpace { end &-= 1 }
    return start..<end
  }
}
