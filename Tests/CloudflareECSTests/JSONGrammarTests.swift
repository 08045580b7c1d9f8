import CloudflareECS
import Foundation
import Testing

/// RFC 8259 by files: each text of `Fixtures/json/accept` is a value, none of `Fixtures/json/reject`
/// is, whichever way it is read.
@Suite struct JSONGrammarTests {
  @Test("accepts", arguments: Fixture.files("json/accept"))
  func accept(file: URL) throws {
    let bytes = Fixture.bytes(file)
    let text = try #require(String(validating: bytes, as: UTF8.self))
    let value = try JSONValue(json: text)
    #expect(try JSONValue(json: value.json) == value)

    let record = Self.record(around: bytes)
    let event = try FirewallEvent(json: record)
    #expect(event.otherMembers["Value"]?.sortedJSON == value.sortedJSON)
    // On one line, white space is what may stand between the tokens of a record.
    let line = record.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
    for chunk in [1, line.count] {
      let conversion = Conversion(line, chunk: chunk)
      #expect(conversion.counts.documents == 1)
      let document = try ECSEvent(json: conversion.text)
      let expected = value.isEmpty ? nil : value.sortedJSON
      #expect(document.cloudflare["Value"]?.sortedJSON == expected)
    }
  }

  @Test("rejects", arguments: Fixture.files("json/reject"))
  func reject(file: URL) throws {
    let bytes = Fixture.bytes(file)
    if let text = String(validating: bytes, as: UTF8.self) {
      #expect(throws: NormalizationError.self) { try JSONValue(json: text) }
    }
    #expect(throws: NormalizationError.self) { try FirewallEvent(json: Self.record(around: bytes)) }
    // Each line of the broken record is rejected, however it is cut, and the record after it is not.
    let stream = Self.record(around: bytes) + Array("\n{\"Action\":\"block\"}\n".utf8)
    for chunk in [1, stream.count] {
      let conversion = Conversion(stream, chunk: chunk)
      #expect(conversion.counts.documents == 1)
      #expect(conversion.counts.rejected >= 1)
      #expect(conversion.documents.last?.contains(#""message":"{\"Action\":\"block\"}""#) == true)
    }
  }

  @Test("there are texts of both kinds")
  func count() {
    #expect(Fixture.files("json/accept").count >= 25)
    #expect(Fixture.files("json/reject").count >= 25)
  }

  private static func record(around value: [UInt8]) -> [UInt8] {
    Array(#"{"Action":"log","Value":"#.utf8) + value + Array("}".utf8)
  }
}
