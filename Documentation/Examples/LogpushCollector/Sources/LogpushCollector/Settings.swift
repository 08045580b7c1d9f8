import CloudflareECS
import Foundation

/// What the environment says; the README lists the names.
struct Settings: Sendable {
  let host: String, authorization: String, bulkAuthorization: String?
  let port, bodyBytes, decompressedBytes, rejectedRecords, bulkBytes, pushes, seconds: Int
  let events: URL, rejects: URL, bulk: URL?
  let profile: any Normalizer
  private(set) var options = NDJSONConverter.Options()

  init(_ environment: [String: String]) throws {
    func number(_ name: String, or standard: Int) throws -> Int {
      let number = Int(environment[name] ?? "\(standard)") ?? 0
      return if number > 0 { number } else { throw Refusal("\(name) has to be above 0") }
    }
    host = environment["COLLECTOR_HOST"] ?? "127.0.0.1"
    port = try number("COLLECTOR_PORT", or: 8080)
    bodyBytes = try number("COLLECTOR_BODY_BYTES", or: 32 << 20)
    decompressedBytes = try number("COLLECTOR_DECOMPRESSED_BYTES", or: 256 << 20)
    rejectedRecords = try number("COLLECTOR_REJECTED_RECORDS", or: 10_000)
    bulkBytes = try number("COLLECTOR_BULK_BYTES", or: 1 << 20)
    (pushes, seconds) = try (number("COLLECTOR_PUSHES", or: 8), number("COLLECTOR_SECONDS", or: 60))
    authorization = "Bearer \(environment["COLLECTOR_SECRET"] ?? "")"
    if authorization.utf8.count < 23 { throw Refusal("COLLECTOR_SECRET: 16 bytes or more") }
    let folder = URL(fileURLWithPath: environment["COLLECTOR_FOLDER"] ?? ".")
    (events, rejects) = (folder.appending(path: "events"), folder.appending(path: "rejects"))
    bulk = environment["COLLECTOR_BULK_URL"].flatMap { URL(string: $0) }
    bulkAuthorization = environment["COLLECTOR_BULK_AUTHORIZATION"]
    let name = environment["COLLECTOR_PROFILE"] ?? (bulk == nil ? "sekoia" : "elastic")
    guard name == "elastic" || name == "sekoia" && bulk == nil else {
      throw Refusal("COLLECTOR_PROFILE: elastic, or for files also sekoia")
    }
    profile = name == "elastic" ? ElasticNormalizer() : SekoiaNormalizer()
    options.maximumRecordBytes = 1 << 20
    let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
    // By their identifiers the index knows the documents of a push that is sent again.
    if bulk != nil { options.format = .bulk(identifiers: true, undated: now) }
  }

  /// Where the documents of a push go.
  func makeUpload() -> any Upload {
    if let bulk { BulkUpload(to: bulk, self) } else { PushFile(in: events) }
  }
}
