/// What a ``Template`` makes of a field's text.
enum TemplateFilter: CaseIterable, Sendable {
  /// The text as it is.
  case none
  /// The letters a to z in upper case.
  case upper
  /// The digits of an integer, read as ``FieldMapping/Transform/integer`` does; anything else is an issue.
  case integer
  /// An action, read as ``FieldMapping/Transform/foldedAction`` does.
  case action
  /// The readable name of a security product, or else the text.
  case category
  /// A query string with one `?` before it.
  case query

  /// The name in a template.
  var name: String { self == .none ? "" : "\(self)" }
}

extension Scratch {
  /// Appends what a filter makes of a field; returns whether that is anything.
  mutating func append(
    _ filter: TemplateFilter, of field: Int, _ record: borrowing Record, _ text: Span<UInt8>
  ) -> Bool {
    let start = buffer.count
    if filter == .integer {
      appendInteger(field, record, text)
      return buffer.count > start
    }
    guard let content = self.text(of: field, record) else { return false }
    switch filter {
    case .none, .integer: buffer.append(text, content)
    case .upper: buffer.append(upperCased: text, content)
    case .action, .category: appendCached(filter, content, text)
    case .query: appendQuery(content, text)
    }
    return buffer.count > start
  }

  /// Actions and products repeat: what is made of one is cached.
  @inline(never)
  private mutating func appendCached(
    _ filter: TemplateFilter, _ content: Range<Int>, _ text: Span<UInt8>
  ) {
    let number = filter == .action ? 1 : 2
    let found = filterCache.find(number, text, content)
    if let found, found.first >= 0 {
      filterCache.append(found, to: &buffer)
      return
    }
    let start = buffer.count
    if filter == .action {
      buffer.append(action: text, content)
    } else if let category = FirewallEvent.Source.category(of: text, content) {
      buffer.append(category)
    } else {
      buffer.append(text, content)
    }
    let value = made(from: start)
    guard let found, filterCache.canKeep(value) else { return }
    filterCache.keep(found, number, text, content)
    buffer.withSpan { filterCache.add(value, of: $0, to: found) }
  }
}
