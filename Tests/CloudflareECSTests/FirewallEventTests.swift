import CloudflareECS
import Foundation
import Testing

@Suite struct FirewallEventTests {
  @Test("properties have the record's values, other members are kept in order")
  func reading() throws {
    let record =
      #" {"Action":"managedChallenge","ClientASN":64500,"Score":2.50,"Datetime":1657630626219000001,"#
      + #""ContentScanObjSizes":[0,73802],"Metadata":{"type":"managed"},"Extra":{"b":1,"a":[]}}"#
      + "\n"
    let event = try FirewallEvent(json: record)
    #expect(event.action == FirewallEvent.Action("managedChallenge"))
    #expect(event.action?.folded == .managedChallenge)
    #expect(event.clientASN == 64_500)
    #expect(event.datetime == Timestamp(seconds: 1_657_630_626, nanoseconds: 219_000_001))
    #expect(event.contentScanObjSizes == [0, 73_802])
    #expect(event.metadata == ["type": "managed"])
    #expect(event.otherMembers.names == ["Score", "Extra"])
    #expect(event.otherMembers["Score"] == .number(JSONNumber("2.50")!))
    #expect(event.rawText == record.trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(event.clientIP == nil)
  }

  @Test("its JSON has Logpush's names in the documentation's order, then the other members")
  func writing() throws {
    let event = try FirewallEvent(
      json: #"{"zz":1,"action":"block","clientAsn":"64500","ClientIP":"","Kind":null,"aa":[ 1.0 ]}"#
    )
    #expect(
      event.json
        == #"{"Action":"block","ClientASN":"64500","ClientIP":"","Kind":null,"zz":1,"aa":[1.0]}"#)
    #expect(FirewallEvent().json == "{}")
  }

  @Test("white space around names, colons, values and commas makes no difference")
  func whiteSpace() throws {
    let fields = CloudflareField.all.filter { $0.kind == .string }
    let members = fields.map { #""\#($0.name)"~:~"x""# }
    let text = "{~" + members.joined(separator: "~,~") + "~}"
    let expected = try FirewallEvent(json: text.replacing("~", with: ""))
    for space in [" ", "\t", "\r\n ", "    "] {
      for place in [":~", "~:", "~,", ",~", "{~", "~}", "~"] {
        var spaced = text
        if place != "~" {
          spaced = text.replacing(place, with: place.replacing("~", with: "!"))
            .replacing("~", with: "").replacing("!", with: "~")
        }
        let event = try FirewallEvent(json: spaced.replacing("~", with: space))
        #expect(event.json == expected.json, "\(place)")
      }
    }
    #expect(fields.allSatisfy { expected[$0]?.string == "x" } && fields.count > 25)
  }

  @Test(
    "of several spellings of a name, Logpush's own counts, then GraphQL's, then those of each",
    arguments: [
      (["client_country_name", "client_country"], 1),
      (["client_country", "client_country_name"], 0),
      (["client_country", "clientCountryName"], 1), (["clientCountryName", "ClientCountry"], 1),
      (["ClientCountry", "clientCountryName", "client_country"], 0),
      (["client_country", "CLIENTCOUNTRY"], 1), (["client_country_name", "clientCountryname"], 1),
    ])
  func spellings(names: [String], place: Int) throws {
    for values in [["a", "b", "c"], ["", "b", "c"], ["a", "", ""]] {
      let values = Array(values.prefix(names.count))
      // One without a value does not count beside one that has a value.
      let expected = values[place].isEmpty ? nil : values[place]
      let text = "{" + zip(names, values).map { #""\#($0)":"\#($1)""# }.joined(separator: ",") + "}"
      let read = try FirewallEvent(json: text)
      let made = FirewallEvent(try #require(try JSONValue(json: text).object))
      if let expected { #expect(read[.clientCountry]?.string == expected, "\(text)") }
      #expect(made[.clientCountry]?.string == read[.clientCountry]?.string, "\(text)")
    }
  }

  @Test("an integer may stand as digits, and in every form that is one")
  func integers() {
    var event = FirewallEvent()
    for (value, expected): (JSONValue, Int64?) in [
      (7, 7), ("64500", 64_500), ("007", 7), ("", nil), ("-1", nil), ("1.0", 1), (-1, -1),
      (true, nil), (.number(JSONNumber("9223372036854775808")!), nil),
      (.number(JSONNumber("-1.0e3")!), -1_000), (.number(JSONNumber("1.5")!), nil),
    ] {
      event[.clientASN] = value
      #expect(event.clientASN == expected)
      #expect(event[.clientASN] == value)
    }
  }

  @Test("a time is read in all its forms, and written as text")
  func datetime() throws {
    var event = FirewallEvent()
    let moment = Timestamp(seconds: 1_657_630_626, nanoseconds: 219_000_000)
    for value: JSONValue in [
      1_657_630_626_219, "1657630626.219", "2022-07-12T14:57:06.219+02:00",
      "2022-07-12 12:57:06.219",
    ] {
      event[.datetime] = value
      #expect(event.datetime == moment)
    }
    event.datetime = moment
    #expect(event[.datetime] == "2022-07-12T12:57:06.219Z")
    event[.datetime] = ["2022"]
    #expect(event.datetime == nil)
  }

  @Test("GraphQL's list of metadata is the object it stands for, by every door")
  func metadata() throws {
    let pairs = #"[{"key":"a","value":"1"},{"value":2,"key":"b"},{"key":"a","value":[]}]"#
    let record = #"{"action":"log","rayName":"1","metadata":\#(pairs)}"#
    let expected: JSONObject = ["a": [], "b": 2]
    #expect(try FirewallEvent(json: record).metadata == expected)
    var event = FirewallEvent()
    event[.metadata] = try JSONValue(json: pairs)
    #expect(event.metadata == expected)
    #expect(
      try JSONDecoder().decode(FirewallEvent.self, from: Data(record.utf8)).metadata == expected)
  }

  @Test("Logpush's name counts unless its value is empty, in whatever order they come")
  func bothNames() throws {
    for record in [
      #"{"ClientIP":"192.0.2.1","clientIP":"192.0.2.2"}"#,
      #"{"clientIP":"192.0.2.2","ClientIP":"192.0.2.1"}"#,
      #"{"clientIP":"192.0.2.1","ClientIP":null}"#, #"{"ClientIP":{},"clientIP":"192.0.2.1"}"#,
    ] {
      #expect(try FirewallEvent(json: record).clientIP == "192.0.2.1")
      let members = try #require(try JSONValue(json: record).object)
      #expect(FirewallEvent(members).clientIP == "192.0.2.1")
      #expect(try FirewallEvent(json: record).otherMembers.isEmpty)
    }
  }

  @Test(
    "what is no firewall event is refused, with its code and place",
    arguments: [
      (#"{"Action":"block""#, "truncated", 17), (#"{"Action":"blo"#, "truncated", 14),
      ("", "truncated", 0), ("  ", "truncated", 2),
      ("[]", "not_an_object", 0), ("  7", "not_an_object", 2),
      (#"{"Action":block}"#, "not_json", 10), (#"{"Action":"block"} x"#, "not_json", 19),
      (#"{"Action":"\x"}"#, "not_json", 12), ("{}", "not_a_firewall_event", 0),
      (#" {"Nothing":1}"#, "not_a_firewall_event", 1),
      (#"{"content":"tests"}"#, "not_a_firewall_event", 0),
      (#"{"EdgeStartTimestamp":1,"ClientIP":"192.0.2.1"}"#, "wrong_dataset", 0),
      (#"{"QueryName":"example.com"}"#, "wrong_dataset", 0),
    ])
  func refused(text: String, code: String, offset: Int) {
    let error = #expect(throws: NormalizationError.self) { try FirewallEvent(json: text) }
    #expect(error?.code.rawValue == code)
    #expect(error?.offset == offset)
    #expect(error?.description.isEmpty == false)
  }

  @Test("bytes that are no UTF-8 are refused with their place")
  func invalidUTF8() {
    let bytes = Array(#"{"Action":"a"#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
    let error = #expect(throws: NormalizationError.self) { try FirewallEvent(json: bytes) }
    #expect(error?.code == .invalidUTF8 && error?.offset == 12)
  }

  @Test("a record may stand on several lines")
  func severalLines() throws {
    let record = "{\n  \"Action\": \"block\",\r\n  \"Metadata\": {\n    \"a\": [1,\n2]\n  }\n}"
    let event = try FirewallEvent(json: record)
    #expect(event.metadata == ["a": [1, 2]])
    #expect(event.rawText == record)
  }

  @Test("events are equal if their values are, whatever text they were read from")
  func equality() throws {
    let one = try FirewallEvent(json: #"{"Action":"block","RayID":"1","x":{"a":1,"b":2}}"#)
    let other = try FirewallEvent(
      json: #"{ "x" : {"b":2,"a":1} , "action" : "block", "RayID":"1" }"#)
    #expect(one == other && one.hashValue == other.hashValue)
    #expect(one.rawText != other.rawText)
    #expect(Set([one, other]).count == 1)
    var third = other
    third.clientIP = "192.0.2.1"
    #expect(third != one)
  }

  @Test("nothing of a record is lost by its JSON", arguments: Fixture.all)
  func roundTrip(fixture: Fixture) throws {
    let event = try FirewallEvent(json: fixture.record)
    guard event != FirewallEvent() else { return }
    let again = try FirewallEvent(json: event.json)
    #expect(again == event)
    #expect(again.json.utf8.elementsEqual(event.json.utf8))
  }

  // MARK: Foundation's coders

  @Test("through Foundation's coders an event keeps its values, but not its text")
  func codable() throws {
    let event = try FirewallEvent(
      json: #"{"action":"block","ClientASN":64500,"Datetime":1657630626219000001,"#
        + #""Big":18446744073709551615,"Metadata":{"a":[true,null,"x"]},"Half":0.5}"#)
    let data = try JSONEncoder().encode(event)
    let again = try JSONDecoder().decode(FirewallEvent.self, from: data)
    #expect(again == event)
    #expect(again.rawText == nil && event.rawText != nil)
  }

  @Test("through Foundation's coders numbers lose their spelling, and digits beyond a Double")
  func codableLoss() throws {
    let event = try FirewallEvent(
      json: #"{"RayID":"1","a":2.50,"b":1e3,"c":123456789012345678901,"d":1.0}"#)
    let again = try JSONDecoder().decode(FirewallEvent.self, from: JSONEncoder().encode(event))
    #expect(again.otherMembers["a"] == .number(JSONNumber("2.5")!))
    #expect(again.otherMembers["b"] == 1000)
    #expect(again.otherMembers["c"] == .number(JSONNumber("1.2345678901234568e+20")!))
    #expect(again.otherMembers["d"] == 1)
    #expect(try FirewallEvent(json: event.json) == event)
  }

  @Test("a number that no Double holds is an error of the coder, not another number")
  func codableOverflow() throws {
    let event = try FirewallEvent(json: #"{"Action":"log","a":1e400}"#)
    #expect(throws: EncodingError.self) { try JSONEncoder().encode(event) }
  }
}
