/// The members of a JSON object, in order, with unique names.
///
/// Two objects are equal if they have the same names with the same values, in any order.
///
///     var object: JSONObject = ["version": "42"]
///     object["kind"] = "firewall"
///     object["kind"]?.string      // "firewall"
public struct JSONObject: Sendable {
  /// One member.
  public struct Member: Hashable, Sendable {
    /// The member's name, decoded.
    public let name: String
    /// The member's value.
    public var value: JSONValue

    /// A member from its name and value.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The members, in order.
  public private(set) var members: [Member]

  /// An object without members.
  public init() { members = [] }

  /// An object from members whose names may repeat: the last value of a name is kept, at the
  /// position of the first.
  /// - Complexity: O(*n*) in the number of members, whatever their names are.
  public init(lastOfEach members: [Member]) {
    self.members = members
    guard members.count > Self.fewMembers || !Self.areUnique(members) else { return }
    // Compared as bytes: Swift treats canonically equivalent strings as equal, JSON does not.
    var indices: [[UInt8]: Int] = [:]
    var kept: [Member] = []
    for member in members {
      let name = Array(member.name.utf8)
      if let index = indices[name] {
        kept[index].value = member.value
      } else {
        indices[name] = kept.count
        kept.append(member)
      }
    }
    self.members = kept
  }

  /// Up to this many names are compared pairwise.
  private static let fewMembers = 16

  private static func areUnique(_ members: [Member]) -> Bool {
    for (index, member) in members.enumerated() {
      for other in members[..<index] where isSame(member.name, other.name) { return false }
    }
    return true
  }

  private static func isSame(_ name: String, _ other: String) -> Bool {
    name.utf8.count == other.utf8.count && name.utf8.elementsEqual(other.utf8)
  }

  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The names, in order.
  public var names: [String] { members.map(\.name) }

  /// The value of the member with this name; setting nil removes the member.
  /// - Complexity: O(*n*) in the number of members.
  public subscript(name: String) -> JSONValue? {
    get { index(of: name).map { members[$0].value } }
    set {
      let index = index(of: name)
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(name: name, value: value))
      case (nil, nil): break
      }
    }
  }

  private func index(of name: String) -> Int? {
    members.firstIndex { Self.isSame($0.name, name) }
  }

  mutating func reserve(_ count: Int) { members.reserveCapacity(count) }

  /// Appends a member whose name must be new.
  mutating func append(_ member: Member) { members.append(member) }

  /// The value at a path of names; setting creates the objects along the path.
  subscript(path path: some Collection<String>) -> JSONValue? {
    get {
      guard let first = path.first else { return .object(self) }
      let rest = path.dropFirst()
      return rest.isEmpty ? self[first] : self[first]?.object?[path: rest]
    }
    set {
      guard let first = path.first else { return }
      let rest = path.dropFirst()
      if rest.isEmpty {
        self[first] = newValue
      } else {
        var inner = self[first]?.object ?? JSONObject()
        inner[path: rest] = newValue
        self[first] = .object(inner)
      }
    }
  }
}

extension JSONObject: Hashable {
  /// Whether both have the same names with the same values.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.members.count == right.members.count else { return false }
    if left.members == right.members { return true }
    return Set(left.members) == Set(right.members)
  }

  /// Hashes the members without regard to their order.
  public func hash(into hasher: inout Hasher) {
    var all = 0
    for member in members { all ^= member.hashValue }
    hasher.combine(all)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object from names and values; if a name repeats, the last value is kept.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(lastOfEach: elements.map { Member(name: $0.0, value: $0.1) })
  }
}
