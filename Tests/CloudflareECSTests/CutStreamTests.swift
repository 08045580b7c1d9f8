import CloudflareECS
import TestSupport
import Testing

/// Answers, arrays and lines one after the other, some of them cut off, as downloads are.
@Suite struct CutStreamTests {
  /// A text, and the RayIDs of the events that are whole in it.
  private struct Piece {
    var text: String
    var rays: [String]
    var isCut = false
  }

  /// Makes pieces in which every event has its own RayID.
  private struct Maker {
    var random: SplitMix64
    private var count = 0

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func piece() -> Piece {
      switch Int.random(in: 0..<7, using: &random) {
      case 0:
        let (events, rays) = some("RayID")
        return Piece(text: events.joined(separator: "\n"), rays: rays)
      case 1: return piece(of: "RayID") { $0 }
      case 2:
        return piece(of: "RayID") {
          "{\"result\":\($0),\"success\":true,\"errors\":[],\"messages\":[]}"
        }
      case 3: return piece(of: "RayID") { "{\"events\":\($0)}" }
      case 4:
        let (events, rays) = some("RayID")
        return Piece(text: "{\"result\":\(list(events.map { "{\"info\":\($0)}" }))}", rays: rays)
      case 5:
        return piece(of: "rayName") {
          "{\"data\":{\"viewer\":{\"zones\":[{\"firewallEventsAdaptive\":\($0)}]}},\"errors\":null}"
        }
      default:
        let (first, second) = (piece(of: "rayName") { $0 }, piece(of: "rayName") { $0 })
        let zones = list([
          "{\"zoneTag\":\"a\",\"blocked\":\(first.text)}",
          "{\"logged\":\(second.text),\"zoneTag\":\"b\"}",
        ])
        return Piece(
          text: "{\"data\":{\"viewer\":{\"zones\":\(zones)}}}", rays: first.rays + second.rays)
      }
    }

    /// The beginning of a piece: up to a bracket, comma or colon, or up to anywhere.
    mutating func cut(_ piece: Piece) -> Piece {
      let ends = piece.text.indices.dropFirst().filter { end in
        "[]{},:".contains(piece.text[piece.text.index(before: end)])
      }
      let anywhere = piece.text.indices.dropFirst().randomElement(using: &random)!
      let end = Bool.random(using: &random) ? ends.randomElement(using: &random)! : anywhere
      let text = String(piece.text[..<end])
      let whole = piece.rays.filter { ray in
        text.ranges(of: ray).first.map { text[$0.upperBound...].contains("}") } ?? false
      }
      return Piece(text: text, rays: whole, isCut: true)
    }

    private mutating func piece(of name: String, _ around: (String) -> String) -> Piece {
      let (events, rays) = some(name)
      return Piece(text: around(list(events)), rays: rays)
    }

    private mutating func list(_ items: [String]) -> String {
      let lineBreak = Int.random(in: 0..<4, using: &random) == 0 ? "\n" : ""
      return "[\(lineBreak)\(items.joined(separator: ",\(lineBreak)"))\(lineBreak)]"
    }

    private mutating func some(_ name: String) -> (events: [String], rays: [String]) {
      let rays = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        count += 1
        return "7299f155dda4\(1000 + count)"
      }
      let action = name == "RayID" ? "Action" : "action"
      let texts = ["a", "]}]}", "/[{"]
      return (
        rays.map { ray in
          let text = texts.randomElement(using: &random)!
          return "{\"\(action)\":\"block\",\"\(name)\":\"\(ray)\",\"Description\":\"\(text)\"}"
        }, rays
      )
    }
  }

  @Test("what is whole is read; events of what is cut are documents or rejected", arguments: 0..<8)
  func losses(seed: UInt64) {
    var maker = Maker(seed: seed)
    var options = NDJSONConverter.Options()
    options.input = .auto
    for _ in 0..<100 {
      var pieces: [Piece] = []
      for _ in 0..<Int.random(in: 2...5, using: &maker.random) {
        let piece = maker.piece()
        pieces.append(Bool.random(using: &maker.random) ? maker.cut(piece) : piece)
      }
      let text = pieces.map(\.text).joined(separator: "\n") + "\n"
      let conversion = Conversion(
        Array(text.utf8), chunk: seed.isMultiple(of: 2) ? 1 << 20 : 13, options: options)
      let rejected = conversion.rejections.map { String(decoding: $0.raw, as: UTF8.self) }
      for (index, piece) in pieces.enumerated() {
        // An array that could be an item of an array is rejected as a whole.
        let mayBeItem =
          index > 0 && pieces[index - 1].isCut && piece.text.hasPrefix("[")
          && [",", "["].contains(pieces[index - 1].text.last { !$0.isNewline })
        let mayBeRejected = piece.isCut || mayBeItem
        for ray in piece.rays {
          let documents = conversion.documents.count { $0.contains(ray) }
          let isRejected = rejected.contains { $0.contains(ray) }
          #expect(
            documents == 1 || documents == 0 && mayBeRejected && isRejected,
            "\(ray) of \(text.debugDescription)")
        }
      }
    }
  }
}
