import CloudflareECS
import Hummingbird

/// What the environment says; the README lists the names.
struct Settings: Sendable {
  let host: String, folder: String, bulkURL: String?, bulkAuthorization: String?
  let port: Int, fileBytes: Int, bodyBytes: Int, decompressedBytes: Int
  let profile: any Normalizer
  let authorization: [UInt8]

  init(_ environment: Environment = Environment()) throws {
    func number(_ name: String, or standard: Int) throws -> Int {
      guard let text = environment.get(name) else { return standard }
      guard let number = Int(text), number > 0 else { throw Failure(reason: "\(name): no number") }
      return number
    }
    host = environment.get("COLLECTOR_HOST") ?? "127.0.0.1"
    port = try number("COLLECTOR_PORT", or: 8080)
    folder = environment.get("COLLECTOR_FOLDER") ?? "."
    fileBytes = try number("COLLECTOR_FILE_BYTES", or: 256 << 20)
    bodyBytes = try number("COLLECTOR_BODY_BYTES", or: 32 << 20)
    decompressedBytes = try number("COLLECTOR_DECOMPRESSED_BYTES", or: 256 << 20)
    switch environment.get("COLLECTOR_PROFILE") ?? "sekoia" {
    case "sekoia": profile = SekoiaNormalizer()
    case "elastic": profile = ElasticNormalizer()
    case let name: throw Failure(reason: "COLLECTOR_PROFILE: sekoia or elastic, not \(name)")
    }
    let secret = environment.get("COLLECTOR_SECRET") ?? ""
    if secret.utf8.count < 16 { throw Failure(reason: "COLLECTOR_SECRET: 16 bytes or more") }
    authorization = Array("Bearer \(secret)".utf8)
    bulkURL = environment.get("COLLECTOR_BULK_URL")
    bulkAuthorization = environment.get("COLLECTOR_BULK_AUTHORIZATION")
  }
}
