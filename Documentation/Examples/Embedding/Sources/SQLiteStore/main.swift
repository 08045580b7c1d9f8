// Documents into a database of SQLite, each event once, and out of it again.

import CSQLite
import CloudflareECS
import Samples

struct DatabaseError: Error { let code: Int32 }

/// As much of SQLite as this needs.
final class Database {
  private var handle: OpaquePointer?
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(_ path: String) throws {
    try expect(sqlite3_open(path, &handle), SQLITE_OK)
  }

  deinit { sqlite3_close(handle) }

  private func expect(_ code: Int32, _ expected: Int32...) throws {
    if !expected.contains(code) { throw DatabaseError(code: code) }
  }

  /// Runs a statement with texts for its question marks; returns its rows of texts.
  @discardableResult
  func run(_ sql: String, _ values: [String?] = []) throws -> [[String?]] {
    var statement: OpaquePointer?
    try expect(sqlite3_prepare_v2(handle, sql, -1, &statement, nil), SQLITE_OK)
    defer { sqlite3_finalize(statement) }
    for (index, value) in values.enumerated() {
      let place = Int32(index + 1)
      try expect(
        value.map { sqlite3_bind_text(statement, place, $0, -1, Self.transient) }
          ?? sqlite3_bind_null(statement, place), SQLITE_OK)
    }
    var rows: [[String?]] = []
    while true {
      let code = sqlite3_step(statement)
      try expect(code, SQLITE_ROW, SQLITE_DONE)
      if code == SQLITE_DONE { return rows }
      rows.append(
        (0..<sqlite3_column_count(statement)).map { column in
          sqlite3_column_text(statement, column).map { String(cString: $0) }
        })
    }
  }
}

/// One column holds the document, and SQLite reads the others out of it.
func makeTable(in database: Database) throws {
  try database.run(
    """
    create table event (
      document text not null,
      id text as (coalesce(json_extract(document, '$.event.id'), document)) unique,
      time text as (json_extract(document, '$."@timestamp"')),
      action text as (json_extract(document, '$.event.action'))
    )
    """)
}

/// Stores documents, except those that are stored already.
func store(_ documents: [String], in database: Database) throws {
  try database.run("begin")
  do {
    for document in documents {
      try database.run("insert or ignore into event (document) values (?)", [document])
    }
    try database.run("commit")
  } catch {
    _ = try? database.run("rollback")
    throw error
  }
}

// From bytes: a document is a line.
let database = try Database(":memory:")
try makeTable(in: database)
let upload = try sampleEvents()
var converter = NDJSONConverter(ElasticNormalizer())
var lines: [UInt8] = []
converter.convert(upload.span, into: &lines)
converter.finish(into: &lines)
let documents = lines.split(separator: UInt8(ascii: "\n"))
  .map { String(decoding: $0, as: UTF8.self) }
try store(documents, in: database)

// From values. These events are stored already.
let normalizer = ElasticNormalizer()
var events: [FirewallEvent] = []
var reader = RecordReader(.auto)
reader.read(upload.span) { if let event = try? $0.event() { events.append(event) } }
reader.finish { _ in }
try store(events.map { normalizer.normalize($0).document.json }, in: database)

// Out again, as values.
let rows = try database.run("select document from event order by rowid")
let read = try rows.map { try ECSEvent(json: $0[0] ?? "") }
let again = try read.map { try FirewallEvent(json: $0.event.original ?? "") }
check(read.count == 240 && read.map(\.json) == documents, "\(read.count) documents as stored")
check(again == events, "the events that they were made of")

try database.run("create index by_time on event (time)")
let top = try database.run(
  """
  select json_extract(document, '$.source.ip') as ip, count(*) as events from event
  where action = ? and time >= ? group by ip order by events desc, ip limit 10
  """, ["block", "2026-09-14T06"])
check(top.count == 10, "\(top)")

try measure("documents into SQLite, from bytes") {
  let database = try Database(":memory:")
  try makeTable(in: database)
  var converter = NDJSONConverter(ElasticNormalizer())
  var lines: [UInt8] = []
  converter.convert(upload.span, into: &lines)
  let documents = lines.split(separator: UInt8(ascii: "\n"))
    .map { String(decoding: $0, as: UTF8.self) }
  try store(documents, in: database)
}
