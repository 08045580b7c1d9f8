import TestSupport
import Testing

@testable import CloudflareECS

@Suite struct ConverterOptionsTests {
  private let lines = "{\"Action\":\"block\",\"Datetime\":0}\noops\n{\"Action\":\"log\"}\n"

  @Test(
    "without the original, only the raw record is missing, if all was converted",
    arguments: Profile.all)
  func keepsOriginal(profile: Profile) throws {
    var options = NDJSONConverter.Options()
    options.keepsOriginal = false
    for fixture in Fixture.all {
      let result = profile.normalizer.normalize(try FirewallEvent(json: fixture.record))
      let isWhole = result.issues.allSatisfy {
        [.missingDatetime, .loneSurrogate].contains($0.code)
      }
      guard isWhole else { continue }
      var expected = result.document
      if profile.name == "sekoia" { expected.message = nil } else { expected.event.original = nil }
      let conversion = Conversion(fixture.record, profile.normalizer, options: options)
      #expect(conversion.text == expected.json + "\n", "\(fixture.name)")
    }
  }

  @Test("without the original, what could not be converted is a member under its own name")
  func unconverted() throws {
    var options = NDJSONConverter.Options()
    options.keepsOriginal = false
    let record =
      #"{"Action":"block","clientIP":"nowhere","Datetime":"2023-02-29","ClientASN":"x","#
      + #""Metadata":[1],"BotScore":7,"MatchIndex":0}"#
    let unmapped =
      #"{"ClientASN":"x","ClientIP":"nowhere","Datetime":"2023-02-29","Metadata":[1],"BotScore":7}"#
    let sekoia = try ECSEvent(json: Conversion(record, options: options).documents[0])
    #expect(sekoia.cloudflare["unmapped"]?.json == unmapped)
    let elastic = try ECSEvent(
      json: Conversion(record, ElasticNormalizer(), options: options).documents[0])
    #expect(
      elastic.cloudflareLogpush[path: ["firewall_event", "unmapped"]]?.json == unmapped)
    options.keepsOriginal = true
    let whole = try ECSEvent(json: Conversion(record, options: options).documents[0])
    #expect(whole.cloudflare["unmapped"]?.json == #"{"BotScore":7}"#)
    // A table without a place for such members keeps none.
    options.keepsOriginal = false
    let table = try MappingTable([
      FieldMapping(.clientASN, to: "source.as.number", .long, .integer, "Number.")
    ])
    #expect(Conversion(record, table, options: options).documents == ["{}"])
  }

  @Test("without the original, such a value is kept even if its row shares a target with kind")
  func unconvertedBesideKind() throws {
    let table = try MappingTable([
      FieldMapping([], to: "acme.rest.*", .flattened, .unmapped, "The others."),
      FieldMapping(.metadata, to: "acme.x.kind", .keyword, .keyword, "No object."),
      FieldMapping(
        [], to: "acme.x.kind", .keyword, .kind("event", withProblems: "problem"), "Or that."),
    ])
    var options = NDJSONConverter.Options()
    options.keepsOriginal = false
    // A regular record, and one that is not.
    for method in [#""GET""#, "7"] {
      let record = #"{"ClientRequestMethod":\#(method),"Metadata":{"k":1}}"#
      #expect(
        Conversion(record, table, options: options).documents == [
          #"{"acme":{"rest":{"ClientRequestMethod":\#(method),"Metadata":{"k":1}},"#
            + #""x":{"kind":"problem"}}}"#
        ])
    }
  }

  @Test("a namespace goes to the data stream")
  func namespace() throws {
    let normalizer = ElasticNormalizer(namespace: "prod\"1")
    for document in Conversion(lines, normalizer).documents {
      #expect(try ECSEvent(json: document).dataStream.namespace == "prod\"1")
    }
  }

  @Test("bulk output is pairs of an action and a document; what is rejected has neither")
  func bulk() {
    let documents = Conversion(lines).documents
    var options = NDJSONConverter.Options()
    options.format = .bulk(index: nil)
    #expect(
      Conversion(lines, options: options).text
        == documents.map { "{\"create\":{}}\n\($0)\n" }.joined())
    options.format = .bulk(index: #"logs-"x""#)
    #expect(
      Conversion(lines, options: options).text
        == documents.map { "{\"create\":{\"_index\":\"logs-\\\"x\\\"\"}}\n\($0)\n" }.joined())
    for chunk in [1, 7] {
      #expect(
        Conversion(lines, chunk: chunk, options: options).output
          == Conversion(lines, options: options).output)
    }
  }

  @Test("the limit is at most 1 GiB")
  func limit() {
    var options = NDJSONConverter.Options()
    #expect(options.maximumRecordBytes == 16 << 20)
    options.maximumRecordBytes = .max
    #expect(options.maximumRecordBytes == 1 << 30)
  }
}
