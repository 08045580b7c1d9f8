/// The members of a JSON object, in order, each name once.
///
/// Two objects are equal if they have the same names with the same values, in whatever order.
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

    /// A member from its two halves.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The members, in order.
  public private(set) var members: [Member]

  /// An object without members.
  public init() { members = [] }

  /// An object from members of which, where names are equal, the last stays, at the first one's
  /// place. Takes time in proportion to their number, however the names are chosen.
  public init(lastOfEach members: [Member]) {
    self.members = members
    guard members.count > Self.fewMembers || !Self.areUnique(members) else { return }
    // By bytes: Swift's strings are equal if they look the same, JSON's names are not.
    var places: [[UInt8]: Int] = [:]
    var kept: [Member] = []
    for member in members {
      let name = Array(member.name.utf8)
      if let place = places[name] {
        kept[place].value = member.value
      } else {
        places[name] = kept.count
        kept.append(member)
      }
    }
    self.members = kept
  }

  /// Of so many, each name is compared with each.
  private static let fewMembers = 16

  private static func areUnique(_ members: [Member]) -> Bool {
    for (place, member) in members.enumerated() {
      for other in members[..<place] where isSame(member.name, other.name) { return false }
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

  /// The value of the member with that name; setting nil removes the member.
  /// - Complexity: O(*n*) in the number of members.
  public subscript(name: String) -> JSONValue? {
    get { place(of: name).map { members[$0].value } }
    set {
      let place = place(of: name)
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append(Member(name: name, value: value))
      case (nil, nil): break
      }
    }
  }

  private func place(of name: String) -> Int? {
    members.firstIndex { Self.isSame($0.name, name) }
  }

  mutating func reserve(_ count: Int) { members.reserveCapacity(count) }

  /// Adds a member whose name is known not to be there.
  mutating func append(_ member: Member) { members.append(member) }

  /// The value at the end of a path of names; setting makes the objects on the way.
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
  /// An object from names and values; of equal names the last stays.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(lastOfEach: elements.map { Member(name: $0.0, value: $0.1) })
  }
}
