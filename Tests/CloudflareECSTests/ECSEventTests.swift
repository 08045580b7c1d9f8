import CloudflareECS
import Foundation
import TestSupport
import Testing

@Suite struct ECSEventTests {
  @Test("fields that are set are written, in the order of the document")
  func writing() {
    var document = ECSEvent()
    #expect(document.json == "{}")
    document.cloudflare = ["z": 1, "a": [2]]
    document.timestamp = "2022-07-12T12:57:06.219000Z"
    document.event.type = ["denied", "end"]
    document.source.autonomousSystem.number = 64_500
    document.source.geo.countryISOCode = "US"
    document.http.response.statusCode = 403
    document.message = "a\"b"
    #expect(
      document.json
        == #"{"message":"a\"b","event":{"type":["denied","end"]},"#
        + #""@timestamp":"2022-07-12T12:57:06.219000Z","#
        + #""source":{"as":{"number":64500},"geo":{"country_iso_code":"US"}},"#
        + #""http":{"response":{"status_code":403}},"cloudflare":{"z":1,"a":[2]}}"#)
  }

  @Test("a document is read back as it was written", arguments: Profile.all, Fixture.all)
  func expectedDocuments(profile: Profile, fixture: Fixture) throws {
    let expected = try fixture.expected(profile).document
    let document = try ECSEvent(json: expected.json)
    #expect(try JSONValue(json: document.json).sortedJSON == expected.sortedJSON)
    #expect(document.other.isEmpty, "every field of the profile has a property")
    #expect(try ECSEvent(json: document.json) == document)
  }

  @Test("a document of a record that has 128 levels is read back", arguments: Profile.all)
  func deepestDocument(profile: Profile) throws {
    let nested = String(repeating: "[", count: 127) + String(repeating: "]", count: 127)
    let event = try FirewallEvent(json: #"{"Action":"block","own":\#(nested)}"#)
    let document = profile.normalizer.normalize(event).document
    #expect(document.json.contains(nested))
    #expect(try ECSEvent(json: document.json).json == document.json)
    let coded = try JSONDecoder().decode(ECSEvent.self, from: JSONEncoder().encode(document))
    #expect(coded == document)
  }

  @Test("what the paths make of a record is read back as the same value", arguments: Profile.all)
  func normalized(profile: Profile) throws {
    for fixture in Fixture.all {
      let document = profile.normalizer.normalize(try FirewallEvent(json: fixture.record)).document
      let again = try ECSEvent(json: document.json)
      #expect(again == document, "\(fixture.name)")
      #expect(again.hashValue == document.hashValue)
      #expect(again.json.utf8.elementsEqual(document.json.utf8), "\(fixture.name)")
    }
  }

  @Test(
    "fields without a property, or of another type than the property's, go to the other tree",
    arguments: [
      #"{"labels":{"team":"blue"}}"#, #"{"source":{"ip":7}}"#, #"{"source":"text"}"#,
      #"{"event":{"type":["denied",1]}}"#, #"{"http":{"response":{"status_code":"403"}}}"#,
      #"{"source":{"ip":"192.0.2.1","mac":"00-00-5E-00-53-23"},"tags":["a"]}"#,
      #"{"http":{"request":{"body":{"bytes":7}}}}"#, #"{"cloudflare":["x"],"x":null}"#,
      #"{"source":{"as":5,"geo":{"location":{"lat":1.50}}}}"#,
      #"{"url":[],"event":{"created":""}}"#,
    ])
  func otherFields(text: String) throws {
    let document = try ECSEvent(json: text)
    #expect(!document.other.isEmpty)
    #expect(try JSONValue(json: document.json).sortedJSON == (try JSONValue(json: text)).sortedJSON)
    #expect(try ECSEvent(json: document.json) == document)
  }

  @Test("where a property and the other tree have the same field, the property counts")
  func propertyWins() {
    var document = ECSEvent()
    document.other = ["source": ["ip": "192.0.2.2", "mac": "m"], "message": "other"]
    document.source.ip = "192.0.2.1"
    #expect(document.json == #"{"source":{"ip":"192.0.2.1","mac":"m"},"message":"other"}"#)
    document.message = "own"
    #expect(document.json == #"{"message":"own","source":{"ip":"192.0.2.1","mac":"m"}}"#)
  }

  @Test("empty groups, arrays and trees are not written")
  func empty() throws {
    let document = try ECSEvent(json: #"{"event":{"type":[]},"source":{"geo":{}},"cloudflare":{}}"#)
    #expect(document == ECSEvent())
    #expect(document.json == "{}")
  }

  @Test("what is no object is refused")
  func refused() {
    for text in ["[]", "null", "7", #""x""#] {
      let error = #expect(throws: NormalizationError.self) { try ECSEvent(json: text) }
      #expect(error?.code == .notAnObject && error?.offset == 0)
    }
    let error = #expect(throws: NormalizationError.self) { try ECSEvent(json: #"{"message":}"#) }
    #expect(error?.code == .notJSON && error?.offset == 11)
  }

  @Test("documents are equal if their fields are, whatever the order of trees")
  func equality() throws {
    let one = try ECSEvent(json: #"{"cloudflare":{"a":1,"b":2},"message":"m"}"#)
    let other = try ECSEvent(json: #"{"message":"m","cloudflare":{"b":2,"a":1}}"#)
    #expect(one == other && one.hashValue == other.hashValue)
    var third = one
    third.related.ip = ["192.0.2.1"]
    #expect(third != one && Set([one, other, third]).count == 2)
  }

  // MARK: Foundation's coders

  @Test("through Foundation's coders a document keeps its fields")
  func codable() throws {
    var document = SekoiaNormalizer().normalize(
      try FirewallEvent(
        json:
          #"{"Action":"block","ClientASN":64500,"Datetime":1657630626,"Big":18446744073709551615}"#)
    ).document
    document.other = ["labels": ["team": "blue"]]
    let again = try JSONDecoder().decode(ECSEvent.self, from: JSONEncoder().encode(document))
    #expect(again == document)
  }

  @Test("through Foundation's coders numbers of vendor fields lose their spelling")
  func codableLoss() throws {
    let document = try ECSEvent(json: #"{"cloudflare":{"a":2.50,"b":123456789012345678901}}"#)
    let again = try JSONDecoder().decode(ECSEvent.self, from: JSONEncoder().encode(document))
    #expect(again.cloudflare["a"]?.json == "2.5")
    #expect(again.cloudflare["b"]?.json == "1.2345678901234568e+20")
  }

  @Test("Foundation writes the same members as the document itself")
  func foundationAgrees() throws {
    let fixture = try #require(Fixture.all.first { $0.name == "all-logpush-fields" })
    let document = ElasticNormalizer().normalize(try FirewallEvent(json: fixture.record)).document
    let own = try JSONSerialization.jsonObject(with: Data(document.json.utf8)) as? NSDictionary
    let encoded = try JSONSerialization.jsonObject(with: JSONEncoder().encode(document))
    #expect(own == encoded as? NSDictionary)
    #expect((own?.count ?? 0) > 10)
  }
}
