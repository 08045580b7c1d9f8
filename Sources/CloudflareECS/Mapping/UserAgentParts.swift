/// Where the parts of a user agent are in a text, as the content of JSON strings.
struct UserAgentParts {
  /// Start and end of each part by its index in ``FieldMapping/Transform/UserAgentPart/allCases``; equal where there is none.
  private var ranges = InlineArray<8, SIMD2<Int32>>(repeating: SIMD2())
  /// What the ranges count from.
  private var start = 0

  /// Appends the parts of a user agent, as a parser found them.
  init(_ found: UserAgentParser.Found, _ bytes: Span<UInt8>, to text: inout OutputBuffer) {
    /// Appends a part. If the parser found none, appends the text `otherwise`.
    func append(_ range: Range<Int>, otherwise: String = "") -> Range<Int> {
      let start = text.count
      if range.isEmpty { text.append(otherwise) } else { text.append(jsonContent: bytes, range) }
      return start..<text.count
    }
    set(.name, append(found.name, otherwise: UserAgent.other))
    set(.version, append(found.version))
    set(.shortVersion, append(found.shortVersion))
    set(.deviceName, append(found.device, otherwise: UserAgent.other))
    let name = append(found.system, otherwise: UserAgent.other)
    set(.osNameOrOther, name)
    if found.system.isEmpty { return }
    set(.osName, name)
    if found.systemVersion.isEmpty { return }
    text.append(.space)
    let systemVersion = append(found.systemVersion)
    set(.osVersion, systemVersion)
    set(.osFull, name.lowerBound..<systemVersion.upperBound)
  }

  private mutating func set(_ part: FieldMapping.Transform.UserAgentPart, _ range: Range<Int>) {
    ranges[part.index] = SIMD2(
      Int32(truncatingIfNeeded: range.lowerBound), Int32(truncatingIfNeeded: range.upperBound))
  }

  /// The same parts in a copy of the text.
  func moved(by distance: Int) -> UserAgentParts {
    var parts = self
    parts.start &+= distance
    return parts
  }

  /// A part, as a slice of the scratch buffer.
  @inline(__always)
  func value(_ index: Int) -> ValueSlice {
    let range = ranges[index]
    let count = Int(range.y &- range.x)
    return count == 0 ? .absent : ValueSlice(.scratch, start &+ Int(range.x), count)
  }
}

extension FieldMapping.Transform.UserAgentPart {
  /// The part's index in ``allCases``.
  var index: Int {
    switch self {
    case .name: 0
    case .version: 1
    case .shortVersion: 2
    case .deviceName: 3
    case .osName: 4
    case .osNameOrOther: 5
    case .osVersion: 6
    case .osFull: 7
    }
  }
}
