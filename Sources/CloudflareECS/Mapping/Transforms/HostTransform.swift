extension FieldMapping.Transform {
  /// A part of a host.
  public static func host(_ part: HostPart) -> Self {
    Self(HostTransform.self, [part.rawValue])
  }
}

/// A part of a host: `www.example.co.uk:8443` has the name `www.example.co.uk`, the port 8443, the
/// public suffix `co.uk`, the registered domain `example.co.uk` and the subdomain `www`.
enum HostTransform: TransformDefinition {
  static let name = "host"
  static var options: [String] { FieldMapping.Transform.HostPart.allCases.map(\.rawValue) }
  private static var port: Int { FieldMapping.Transform.HostPart.port.index }

  static func result(_ parameters: [String]) -> TransformResult {
    parameters == [FieldMapping.Transform.HostPart.port.rawValue] ? .integer : .text
  }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard scratch.readHost(row, record, text) else { return .absent }
    if row.option == port { return scratch.hostPort() }
    return value(of: row.option, scratch.host.parts.ranges.span, scratch.host.start)
  }

  /// The parts that the rows ask for, of one host.
  static func derive(
    _ targetRows: Span<Derivations.TargetRow>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch, _ values: inout TargetValues
  ) {
    guard scratch.readHost(rows[targetRows[0].row], record, text) else { return }
    // Copied once, not for each part.
    let (parts, start) = (scratch.host.parts, scratch.host.start)
    let ranges = parts.ranges.span
    for index in targetRows.indices {
      let part = targetRows[index].option
      values[targetRows[index].target] =
        part == port ? scratch.hostPort() : value(of: part, ranges, start)
    }
  }

  @inline(__always)
  private static func value(of part: Int, _ ranges: Span<SIMD2<Int32>>, _ start: Int) -> ValueSlice
  {
    let range = ranges[part]
    let count = Int(range.y &- range.x)
    return count == 0 ? .absent : ValueSlice(.record, start &+ Int(range.x), count)
  }
}

/// The host of this record that was read last, as many rows ask for its parts, and those of earlier records.
struct HostReading {
  /// The field that has it, or -1.
  var field = -1
  /// Where it begins.
  var start = 0
  var parts = HostParts()
  var cache = HostCache()
}

extension Scratch {
  /// The port of the host that was read last.
  fileprivate mutating func hostPort() -> ValueSlice {
    let port = host.parts.port
    guard port >= 0 else { return .absent }
    let start = buffer.count
    buffer.append(integer: Int64(port))
    return made(from: start)
  }

  /// Takes the host in a row's field apart, unless that was just done for this record; false if there is none.
  fileprivate mutating func readHost(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>
  ) -> Bool {
    if host.field == row.field { return true }
    guard let content = self.text(row, record) else { return false }
    readHost(row.field, content, record, text)
    return true
  }

  /// Takes a host apart; a bad port is an issue.
  private mutating func readHost(
    _ field: Int, _ content: Range<Int>, _ record: borrowing Record, _ text: Span<UInt8>
  ) {
    host.field = field
    host.start = content.lowerBound
    if let parts = host.cache.find(text, content) {
      host.parts = parts
      return
    }
    let bytes = text.extracting(content)
    let found = RequestHost(bytes)
    let suffix =
      found.literal == nil ? PublicSuffixList.boundaries(of: bytes.extracting(found.name)) : nil
    host.parts = HostParts(found, suffix)
    if found.portIsBad {
      // Not cached, so that each record reports the issue.
      report(.invalidPort, field, record.slices[field])
    } else {
      host.cache.keep(host.parts, text, content)
    }
  }
}
