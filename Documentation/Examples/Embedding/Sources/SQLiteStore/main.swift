// Documents into a database of SQLite and out of it again. With GRDB it is the same two statements.

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

/// Stores the documents of a stream, and returns them.
func store(_ events: [UInt8], in database: Database) throws -> [ECSEvent] {
  let normalizer = ElasticNormalizer()
  var stored: [ECSEvent] = []
  func store(_ record: RecordReader.Record) throws {
    let document = normalizer.normalize(try record.event()).document
    try database.run(
      "insert or ignore into event values (?, ?, ?, ?)",
      [document.event.id, document.timestamp, document.event.action, document.json])
    stored.append(document)
  }
  try database.run("begin")
  var reader = RecordReader(.auto)
  try reader.read(events.span, store)
  try reader.finish(store)
  try database.run("commit")
  return stored
}

let database = try Database(":memory:")
try database.run("create table event (id text primary key, time text, action text, document text)")
let stored = try store(try sampleEvents(), in: database)
let rows = try database.run("select document from event order by rowid")
let read = try rows.map { try ECSEvent(json: $0[0] ?? "") }
check(read == stored && read.count == 240, "\(read.count) documents are equal to those stored")
let blocked = try database.run(
  "select json_extract(document, '$.source.ip') from event where action = ?", ["block"])
check(blocked.count == 64, "\(blocked.count) blocked")
