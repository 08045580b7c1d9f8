import CloudflareECS
import Testing

@Suite struct ConverterOptionsTests {
  private let lines = "{\"Action\":\"block\",\"Datetime\":0}\noops\n{\"Action\":\"log\"}\n"

  @Test("without the original, only the raw record is missing", arguments: Profile.all)
  func keepsOriginal(profile: Profile) throws {
    var options = ConverterOptions()
    options.keepsOriginal = false
    for fixture in Fixture.all {
      var expected = profile.normalizer.normalize(try FirewallEvent(json: fixture.record)).document
      if profile.name == "sekoia" { expected.message = nil } else { expected.event.original = nil }
      let conversion = Conversion(fixture.record, profile.normalizer, options: options)
      #expect(conversion.text == expected.json + "\n", "\(fixture.name)")
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
    var options = ConverterOptions()
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
    var options = ConverterOptions()
    #expect(options.maximumRecordBytes == 16 << 20)
    options.maximumRecordBytes = .max
    #expect(options.maximumRecordBytes == 1 << 30)
  }
}
