import CloudflareECS
import TestSupport
import Testing

/// The examples of the doc comments on streams, as they stand there; `DocumentationExamplesTests`
/// finds one that is missing.
@Suite struct StreamExamplesTests {
  @Test func ndjsonConverter() {
    var converter = NDJSONConverter(SekoiaNormalizer())
    var output: [UInt8] = []
    converter.convert(Array("{\"Action\":\"block\"}\n".utf8).span, into: &output)
    converter.finish(into: &output)
    #expect(converter.counts.documents == 1)
  }

  @Test func severalStreams() {
    let files = ["{\"Action\":\"block\"}\n", "\noops\n"].map { Array($0.utf8) }
    var documents: [UInt8] = []
    var faults: [String] = []
    var converter = NDJSONConverter()
    for file in files {
      converter.beginStream()
      converter.convert(file.span, into: &documents)
      converter.finish(into: &documents)
      for rejection in converter.takeRejections() { faults.append("line \(rejection.line)") }
    }
    #expect(faults == ["line 2"])
  }

  @Test func rejecting() {
    var converter = NDJSONConverter()
    var documents: [UInt8] = []
    var faults: [String] = []
    converter.convert(Array("oops\n7\n".utf8).span, into: &documents) { rejection in
      faults.append("line \(rejection.line): \(rejection.error.code)")
    }
    #expect(faults == ["line 1: not_json", "line 2: not_an_object"])
  }

  @Test func rejectionLine() {
    var converter = NDJSONConverter()
    var documents: [UInt8] = []
    converter.convert(Array("oops\n".utf8).span, into: &documents)
    var lines: [UInt8] = []
    for rejection in converter.takeRejections() { rejection.appendLine(file: "a.log", to: &lines) }
    #expect(
      String(decoding: lines, as: UTF8.self)
        == #"{"file":"a.log","line":1,"offset":0,"code":"not_json","#
        + #""message":"not JSON: unexpected character","raw":"oops"}"# + "\n")
  }

  @Test func recordReader() {
    var reader = RecordReader(.auto)
    var events: [FirewallEvent] = []
    var faults: [String] = []
    func take(_ record: RecordReader.Record) {
      do {
        events.append(try record.event())
      } catch {
        faults.append("line \(record.line): \(error)")
      }
    }
    reader.read(Array(#"{"events":[{"Action":"block"},"#.utf8).span, take)
    reader.read(Array(#"7,{"Action":"log"}]}"#.utf8).span, take)
    reader.finish(take)
    #expect(events.map(\.action) == [.block, .log])
    #expect(faults == ["line 1: not an object"])
    #expect(reader.counts.rejected == 1)
  }

  @Test func converterOptions() {
    var options = NDJSONConverter.Options()
    options.keepsOriginal = false
    let converter = NDJSONConverter(ElasticNormalizer(), options: options)
    #expect(converter.counts.documents == 0)
  }

  @Test func withoutOriginal() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientASN":"none"}"#)
    let table = SekoiaNormalizer().table.withoutOriginal
    #expect(table.normalize(event).document.message == nil)
    var options = NDJSONConverter.Options()
    options.keepsOriginal = false
    #expect(
      Conversion(event.json, options: options).text == table.normalize(event).document.json + "\n")
  }

  @Test func jsonConstant() {
    let row =
      FieldMapping.constant(json: 2.5, to: "event.risk_score", as: .double, "How bad it is.")
    #expect(row.example?.value == "2.5")
  }

  @Test func customTransform() throws {
    let table = try MappingTable([
      FieldMapping(
        [.clientIP], to: "source.user.hash", .keyword,
        .custom("hash") { inputs in inputs[0]?.string.map { .string("\($0.utf8.count)") } },
        "The visitor, without the address.")
    ])
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
    #expect(table.normalize(event).document.json == #"{"source":{"user":{"hash":"12"}}}"#)
  }

  @Test func conversionHandler() throws {
    struct Enrichment: ConversionHandler {
      var rejected = 0

      mutating func edit(_ event: inout LentEvent) {
        event.set("host.name", to: "edge-1")
        if event.string(.action) == "log" { event.drop() }
      }

      mutating func reject(_ rejection: Rejection) { rejected += 1 }
    }

    let chunk = Array("{\"Action\":\"log\"}\n{\"Action\":\"block\"}\n7".utf8)
    var documents: [UInt8] = []
    let table = try MappingTable(
      ElasticNormalizer().table.rows + [
        FieldMapping([], to: "host.name", .keyword, .provided, "The machine that converted it.")
      ])
    var converter = NDJSONConverter(table)
    var enrichment = Enrichment()
    converter.convert(chunk.span, into: &documents, with: &enrichment)
    converter.finish(into: &documents, with: &enrichment)
    #expect(enrichment.rejected == 1 && converter.counts.documents == 1)
    #expect(String(decoding: documents, as: UTF8.self).contains(#""host":{"name":"edge-1"}"#))
  }

  @Test func documentsAndAlerts() {
    let chunk = Array("{\"Action\":\"block\"}\n".utf8)
    var (documents, alerts): ([UInt8], [UInt8]) = ([], [])
    var converter = NDJSONConverter(ElasticNormalizer(), detector: Detector())
    converter.convert(chunk.span, into: &documents, alerts: &alerts)
    converter.finish(into: &documents, alerts: &alerts)
    #expect(converter.counts.documents == 1 && converter.counts.alerts == 1)
  }

  @Test func asynchronousStreams() async {
    let chunks = AsyncStream<[UInt8]> { continuation in
      continuation.yield(Array(#"{"Action":"block","ClientRequestHost":"a.example"}"#.utf8))
      continuation.yield(Array("\noops\n".utf8))
      continuation.finish()
    }
    var hosts: Set<String> = []
    for await record in chunks.firewallEvents() {
      if let event = try? record.event(), event.action == .block {
        hosts.insert(event.clientRequestHost ?? "")
      }
    }
    #expect(hosts == ["a.example"])
  }

  @Test func asynchronousDocuments() async {
    let chunks = AsyncStream<[UInt8]> { continuation in
      continuation.yield(Array("{\"Action\":\"block\"}\noops\n".utf8))
      continuation.finish()
    }
    var documents: [UInt8] = []
    var faults: [String] = []
    for await batch in chunks.documents(ElasticNormalizer()) {
      documents += batch.documents
      for rejection in batch.rejections { faults.append("line \(rejection.line)") }
    }
    #expect(!documents.isEmpty && faults == ["line 2"])
  }
}
