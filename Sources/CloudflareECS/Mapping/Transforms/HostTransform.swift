extension Transform {
  /// A part of a host.
  public static func host(_ part: HostPart) -> Transform {
    Transform(HostTransform.self, [part.rawValue])
  }
}

/// A part of a host: `www.example.co.uk:8443` has the name `www.example.co.uk`, the port 8443, the
/// public suffix `co.uk`, the registered domain `example.co.uk` and the subdomain `www`.
enum HostTransform: TransformRule {
  static let name = "host"
  static var options: [String] { HostPart.allCases.map(\.rawValue) }
  private static var port: Int { HostPart.port.place }

  static func result(_ parameters: [String]) -> TransformResult {
    parameters == [HostPart.port.rawValue] ? .integer : .text
  }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    workspace.readHost(row, record, text) ? part(row.option, &workspace) : .absent
  }

  /// All parts of one host.
  static func derive(
    _ members: Span<Derivations.Member>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace, _ values: inout [ValueSlice]
  ) {
    let hasHost = workspace.readHost(rows[members[0].row], record, text)
    for index in members.indices {
      values[members[index].target] =
        hasHost ? part(members[index].option, &workspace) : .absent
    }
  }

  @inline(__always)
  private static func part(_ option: Int, _ workspace: inout Workspace) -> ValueSlice {
    if option == port {
      let port = workspace.host.parts.port
      guard port >= 0 else { return .absent }
      let start = workspace.scratch.count
      workspace.scratch.append(integer: Int64(port))
      return workspace.made(from: start)
    }
    let range = workspace.host.parts.ranges[option]
    let count = Int(range.y &- range.x)
    return count == 0
      ? .absent : ValueSlice(.record, workspace.host.start &+ Int(range.x), count)
  }
}

/// The host that was read last: many rows ask for its parts.
struct HostReading {
  /// The field that has it, or -1.
  var field = -1
  /// Where it begins.
  var start = 0
  var parts = HostParts()
  var cache = HostCache(isUsed: false)
}

extension Workspace {
  /// Takes the host in a row's field apart, unless it was the last; false if there is none.
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
      // Not remembered, so that it is an issue again.
      report(.invalidPort, field, record.slices[field])
    } else {
      host.cache.remember(host.parts, text, content)
    }
  }
}
