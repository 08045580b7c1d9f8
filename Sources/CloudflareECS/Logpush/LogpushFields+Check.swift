extension LogpushFields {
  /// The fields that Cloudflare offers, compared with those that the profile reads. All lists are
  /// alphabetical.
  public struct Availability: Hashable, Sendable {
    /// Offered, and read by the profile's table: the fields to select.
    public let mapped: [String]
    /// Offered, but not read by the table.
    public let unmapped: [String]
    /// Wanted, but not offered.
    public let missing: [String]
    /// Those of ``essentials`` that are not offered.
    public let missingEssentials: [String]
    /// The target for members that the profile's table does not read, such as
    /// `cloudflare.unmapped.*`; nil if the profile leaves them out.
    public let unmappedTarget: String?
  }

  /// The fields that every document should have: when, what, who, and which request.
  public static let essentials = ["Action", "ClientIP", "Datetime", "RayID"]

  /// Compares the fields with those that Cloudflare offers for a zone.
  ///
  ///     let answer = try JSONValue(json: #"{"Action":"string; what","BotScore":"int; how"}"#)
  ///     let check = try LogpushFields(for: SekoiaNormalizer()).check(answer: answer)
  ///     check.mapped               // ["Action"]
  ///     check.unmapped             // ["BotScore"]
  ///     check.missingEssentials    // ["ClientIP", "Datetime", "RayID"]
  ///
  /// - Parameter answer: the answer to the API call `GET
  ///   /zones/<ZONE_ID>/logpush/datasets/firewall_events/fields`, or its `result`: an object of
  ///   names and descriptions.
  /// - Throws: ``LogpushError`` if the answer is anything else, with Cloudflare's reason if it
  ///   gives one.
  public func check(answer: JSONValue) throws(LogpushError) -> Availability {
    let offered = Set(try Self.names(offeredBy: answer))
    let wanted = isMinimal ? Set(names) : offered.filter(isMapped)
    let unmappedRow = profile.table.rows.first { $0.transform == .unmapped }
    return Availability(
      mapped: offered.intersection(wanted).sorted(),
      unmapped: offered.filter { !isMapped($0) }.sorted(),
      missing: names.filter { !offered.contains($0) },
      missingEssentials: Self.essentials.filter { !offered.contains($0) },
      unmappedTarget: unmappedRow?.target)
  }

  private static func names(offeredBy answer: JSONValue) throws(LogpushError) -> [String] {
    guard let object = answer.object else {
      throw LogpushError(.notAFieldList, "not a list of fields: not an object")
    }
    if object["success"] == false {
      let error = object["errors"]?.array?.first?.object
      let number = error?["code"]?.integer.map { " (\($0))" } ?? ""
      let reason = error?["message"]?.string ?? "no reason given"
      throw LogpushError(.callRefused, "Cloudflare refused the call: \(reason)\(number)")
    }
    guard let fields = object["result"].map(\.object) ?? object else {
      throw LogpushError(.notAFieldList, "not a list of fields: its result is not an object")
    }
    if let member = fields.members.first(where: { $0.value.string == nil }) {
      throw LogpushError(
        .notAFieldList, "not a list of fields: '\(member.name)' has no description")
    }
    return fields.names
  }
}

extension LogpushFields.Availability {
  /// Three groups for people, each a heading and a line of names. The second line has the fields to select.
  package var summary: String {
    let kept = unmappedTarget.map { "kept as \($0)" } ?? "left out"
    let groups = [
      ("Offered and mapped", mapped), ("Offered, not mapped, \(kept)", unmapped),
      ("Mapped, not offered", missing),
    ]
    return groups.map { heading, names in
      let list = names.isEmpty ? "none" : names.map { DisplayText.value($0) }.joined(separator: ",")
      return "\(heading) (\(names.count)):\n\(list)\n"
    }.joined()
  }
}
