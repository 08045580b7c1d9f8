import CloudflareECS
import TestSupport
import Testing

/// Names in any order, of every length, alike and not, before values of every length.
@Suite struct NameOrderTests {
  /// Names of 1 to 60 bytes, and of those from 18 on a second one that differs in a byte between the
  /// eight at either end, by which names are looked up.
  private static let names = (1...60).flatMap { length in
    let name = String("Abcdefghijklmnopqrstuvwxyz0123456789".prefix(36))
    let long = String(String(repeating: name, count: 2).prefix(length))
    guard length >= 18 else { return [long] }
    return [long, String(long.prefix(9) + "X" + long.dropFirst(10))]
  }

  struct NamesNormalizer: Normalizer {
    let table = try! MappingTable(Self.fields)
    static let fields = (NameOrderTests.names + ["RayID"]).map {
      FieldMapping(.named($0), to: "acme.\($0)", .keyword, .keyword, "Text.")
    }
  }

  private static let letters = Array("abcdefghij".utf8)

  /// Members in an order, with values of plain text that tell the name.
  private static func record(_ names: [String], _ random: inout SplitMix64) -> (
    text: String, values: [String: String]
  ) {
    var values: [String: String] = [:]
    let members = names.map { name in
      let length = Int.random(in: 1...100, using: &random)
      let text = (0..<length).map { _ in letters.randomElement(using: &random)! }
      values[name] = String(decoding: text, as: UTF8.self)
      return "\"\(name)\":\"\(values[name]!)\""
    }
    return ("{" + members.joined(separator: ",") + "}", values)
  }

  @Test("each value goes to its name's target, wherever it is")
  func anyOrder() throws {
    var random = SplitMix64(seed: 20_261_126)
    for round in 0..<400 {
      // Few names, so that records end near the end of the text; many; the same order as before; one moved.
      let count = [1, 2, 3, 5, 20, Self.names.count][round % 6]
      // A record of a firewall event has a field of one.
      let names = (Self.names.shuffled(using: &random).prefix(count) + ["RayID"])
        .shuffled(using: &random)
      let orders = [names, names, Array(names.dropFirst()) + names.prefix(1), names.reversed()]
      let records = orders.map { Self.record($0, &random) }
      let together = Conversion(
        records.map(\.text).joined(separator: "\n"), NamesNormalizer()
      ).documents
      for (record, document) in zip(records, together) {
        let members = (Self.names + ["RayID"]).compactMap { name in
          record.values[name].map { "\"\(name)\":\"\($0)\"" }
        }
        #expect(document == "{\"acme\":{" + members.joined(separator: ",") + "}}")
        #expect(Conversion(record.text, NamesNormalizer()).documents == [document])
        let event = try FirewallEvent(json: record.text)
        #expect(NamesNormalizer().normalize(event).document.json == document)
      }
      #expect(together.count == orders.count)
    }
  }

  @Test(
    "only a comma comes before a name, in any order",
    arguments: ["", "{", "}", "]", ":", ";", "\"", " ", ",,", "},{"])
  func commaBeforeName(separator: String) {
    var random = SplitMix64(seed: 20_261_130)
    for round in 0..<20 {
      let names = Self.names.prefix(30) + ["RayID"]
      let order = round % 2 == 0 ? Array(names) : names.shuffled(using: &random)
      let good = Self.record(order, &random)
      let members = Self.record(order, &random).text.split(separator: ",")
      let place = Int.random(in: 1..<members.count, using: &random)
      let bad =
        members[..<place].joined(separator: ",") + separator
        + members[place...].joined(separator: ",")
      let lines = [good.text, bad, good.text, good.text]
      let conversion = Conversion(lines.joined(separator: "\n"), NamesNormalizer())
      #expect(conversion.rejections.map(\.line) == [2], "\(bad)")
      #expect(conversion.documents.count == 3 && Set(conversion.documents).count == 1)
    }
  }
}
