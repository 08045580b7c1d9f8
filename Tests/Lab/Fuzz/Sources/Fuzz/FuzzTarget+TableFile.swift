import CloudflareECS

extension FuzzTarget {
  private static let record =
    #"{"Action":"block","ClientIP":"203.0.113.28","ClientRequestHost":"www.example.com:8443","#
    + #""ClientRequestPath":"/a.js","Datetime":1657630626,"EdgeResponseStatus":403,"BotScore":7}"#

  private static let event: FirewallEvent = {
    guard let event = try? FirewallEvent(json: record) else { fatalError("an event") }
    return event
  }()

  /// A table of somebody's own: what it writes is an equal table, and both paths make the same document with it.
  static let tableFile = FuzzTarget(name: "table-file") { bytes in
    guard let text = String(validating: bytes, as: UTF8.self),
      let table = try? MappingTable(json: text)
    else { return }
    expect((try? MappingTable(json: try table.json)) == table, "what is written is read")
    let document = table.normalize(event).document
    let stream = Stream(
      Array(record.utf8), table, NDJSONConverter.Options(), [0..<record.utf8.count])
    expect(stream.output == Array((document.json + "\n").utf8), "one document by both paths")
  }
}
