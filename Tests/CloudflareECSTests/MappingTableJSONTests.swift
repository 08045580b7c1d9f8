import CloudflareECS
import TestSupport
import Testing

/// Tables as JSON: what `cf-ecs mapping --format json` writes can be read.
@Suite struct MappingTableJSONTests {
  @Test(
    "a built-in table that is written and read is equal, and converts alike", arguments: Profile.all
  )
  func roundTrip(profile: Profile) throws {
    let table = profile.normalizer.table
    let read = try MappingTable(json: try table.json)
    #expect(read == table)
    #expect(try read.json == table.json)
    #expect(read.rows.count > 50)
    for fixture in Fixture.all {
      #expect(
        Conversion(fixture.record, read).output
          == Conversion(fixture.record, profile.normalizer).output)
    }
  }

  @Test("absent members have defaults")
  func defaults() throws {
    let table = try MappingTable(
      json: #"[{"target":"a","type":"keyword","transform":"constant","parameters":["x"]}]"#)
    #expect(table.rows == [FieldMapping([], to: "a", .keyword, .constant("x"), "")])
  }

  @Test("an error names the row and the member")
  func errors() {
    #expect(MappingTable.fault(json: "[") == "byte 1: not JSON: the line ends inside the record")
    #expect(MappingTable.fault(json: "{}") == "not an array of rows")
    #expect(MappingTable.fault(json: "[]") == "no rows: each document would be empty")
    #expect(MappingTable.fault(json: "[7]") == "row 1: not an object")
    #expect(MappingTable.fault(json: "[{}]") == "row 1: has no member 'type'")
    #expect(
      MappingTable.fault(json: #"[{"target":"a","type":"text","transform":"keyword"}]"#)
        == "row 1 (a): type 'text' is unknown: it is one of keyword, constant_keyword, wildcard, "
        + "match_only_text, ip, long, double, boolean, geo_point, date, flattened")
    #expect(
      MappingTable.fault(json: #"[{"target":"a","type":"keyword","transform":"upper"}]"#)?
        .hasPrefix("row 1 (a): transform 'upper' is unknown: it is one of record, unmapped, ")
        == true)
    #expect(
      MappingTable.fault(
        json: #"[{"target":"a","type":"keyword","transform":"keyword","source":"Action"}]"#)
        == "row 1 (a): member 'source' is not an array of texts")
    #expect(
      MappingTable.fault(
        json: #"[{"target":"a","type":"keyword","transform":"keyword","from":["Action"]}]"#)
        == "row 1 (a): has an unknown member 'from'")
    #expect(
      MappingTable.fault(
        json: #"[{"target":"a","type":"keyword","transform":"keyword","array":1}]"#)
        == "row 1 (a): member 'array' is not true or false")
    #expect(
      MappingTable.fault(
        json:
          #"[{"target":"a","type":"keyword","transform":"country","source":["ClientCountry"],"parameters":["capital"]}]"#
      )
        == "row 1 (a): country has no 'capital': it is one of code, name, other")
  }
}
