@testable import CloudflareECS

extension FuzzTarget {
  private static let table = ElasticNormalizer().table
  // Made once, as most of the time a filter takes is spent on it.
  private static let rows = FilteredRows(table)
  private static let targets = Set(table.rows.map(\.target) + CloudflareField.all.map(\.name))
  private static let events = [
    #"{"Action":"block","ClientIP":"203.0.113.28","ClientRequestHost":"www.example.com:8443","#
      + #""ClientRequestPath":"/a,b.js","Datetime":"2022-07-12T12:57:06.219Z","EdgeResponseStatus":403}"#,
    #"{"Action":"log","ClientIP":"2001:db8::1","ClientASN":"64500","Metadata":{"a":[1]},"#
      + #""MatchIndex":-0,"ClientRequestUserAgent":"\u00e9 \ud83d\ude00"}"#,
    #"{"RayID":"7299f155dda47d6b","ContentScanObjSizes":[0,9007199254740993],"Datetime":1657630626}"#,
  ].compactMap { try? FirewallEvent(json: $0) }

  /// A condition, if it is one: `=` and `!=`, and an order and its opposite, never hold for the same event, and one
  /// of them does where the target is present.
  static let condition = FuzzTarget(name: "condition") { bytes in
    guard let text = String(validating: bytes, as: UTF8.self),
      let condition = try? ConditionText(text)
    else { return }
    // To suggest a target for an unknown one takes longer than all else. One in sixteen is enough.
    var cuts = Cuts(bytes)
    if !targets.contains(condition.target), cuts.next(16) != 0 { return }
    guard let filter = compiled(text) else { return }
    for (one, other) in [("!=", "="), (">=", "<"), ("<=", ">")] {
      guard let place = text.firstRange(of: one) else { continue }
      let target = text[..<place.lowerBound]
      guard target.allSatisfy({ $0.isLetter || $0 == "." || $0 == "@" || $0 == "_" }),
        let present = compiled(String(target)),
        let opposite = compiled("\(target)\(other)\(text[place.upperBound...])")
      else { continue }
      // Of an array one element is enough, so both may hold.
      let isSingle = table.rows.contains { $0.target == target && !$0.isArray }
      for event in events {
        let (holds, opposes) = (filter.holds(for: event), opposite.holds(for: event))
        if one == "!=" {
          expect(holds != opposes, text)
        } else if isSingle, !text.contains(",") {
          expect(!(holds && opposes), text)
          expect(!holds && !opposes || present.holds(for: event), text)
        }
      }
    }
    for event in events { _ = filter.holds(for: event) }
  }

  private static func compiled(_ text: String) -> CompiledFilter? {
    try? CompiledFilter([text], rows)
  }
}
