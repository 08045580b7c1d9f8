/// The line before each document of the bulk format: `{"create":{"_index":"waf","_id":"…"}}`.
struct BulkAction: Sendable {
  /// The line up to the identifier.
  private let opening: [UInt8]
  /// Whether the identifier follows another member.
  private let hasIndex: Bool
  private let hasIdentifiers: Bool
  /// The target `event.id`, if its values are identifiers.
  private let target: Int?

  /// Returns nil for a format without such lines.
  init?(_ format: NDJSONConverter.Options.Format, _ plan: Plan) {
    guard case .bulk(let index, let hasIdentifiers, _) = format else { return nil }
    let name = index.map { "\"_index\":\(JSONValue.string($0).json)" } ?? ""
    opening = Array("{\"create\":{\(name)".utf8)
    hasIndex = index != nil
    self.hasIdentifiers = hasIdentifiers
    target =
      hasIdentifiers
      ? plan.targets.firstIndex { $0.path == ["event", "id"] && $0.shape == .text } : nil
  }

  /// Appends the line for the document whose values were derived last.
  @inline(never)
  func append(
    _ deriver: inout Deriver, _ record: borrowing Record, _ text: Span<UInt8>,
    to output: inout OutputBuffer
  ) {
    output.append(opening.span)
    if let target {
      let value = deriver.value(of: target, record)
      let isTooLong =
        switch value.source {
        case .record: append(text, value.range, to: &output)
        case .scratch:
          deriver.derived.scratch.buffer.withSpan { append($0, value.range, to: &output) }
        case .cached:
          deriver.derived.cache.text.withSpan { append($0, value.range, to: &output) }
        case .none, .escapedRecord: false
        }
      if isTooLong { deriver.derived.scratch.report(.identifierTooLong, -1, nil) }
    }
    output.append("}}\n")
  }

  /// Appends the line for an alert. Returns whether its identifier was too long.
  func append(_ event: String?, rule: String, to output: inout OutputBuffer) -> Bool {
    output.append(opening.span)
    var isTooLong = false
    if hasIdentifiers, let event {
      let content = "\(event)-\(rule)".jsonContent
      isTooLong = append(content.span, content.indices, to: &output)
    }
    output.append("}}\n")
    return isTooLong
  }

  /// Appends an identifier, which is the content of a JSON string. Returns whether it was left out because it is
  /// too long: the index would refuse the whole request.
  private func append(
    _ text: Span<UInt8>, _ identifier: Range<Int>, to output: inout OutputBuffer
  ) -> Bool {
    if identifier.count > IndexLimits.longestIdentifier,
      String(unescaping: text, identifier).utf8.count > IndexLimits.longestIdentifier
    {
      return true
    }
    output.append(hasIndex ? ",\"_id\":\"" : "\"_id\":\"")
    output.append(text, identifier)
    output.append(.quote)
    return false
  }
}
