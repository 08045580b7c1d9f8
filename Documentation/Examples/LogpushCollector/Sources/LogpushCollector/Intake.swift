import CloudflareECS
import CloudflareECSGzip
import Logging
import NIOHTTP1
import Synchronization

/// Answers requests. A push is decompressed, converted and stored as it arrives.
final class Intake: Sendable {
  let settings: Settings, logger: Logger
  private let pool = WorkerPool()
  private let running = Atomic(0)

  init(_ settings: Settings, _ logger: Logger) { (self.settings, self.logger) = (settings, logger) }

  /// When this returns, every event of a push is stored. If it throws, the push has to be sent again.
  func respond(to head: HTTPRequestHead, _ body: PushBody) async throws -> [String: Int] {
    if head.method == .GET, head.uri == "/health" { return [:] }
    if head.uri != "/logpush" { throw Refusal("there are /logpush and /health", .notFound) }
    if head.method != .POST { throw Refusal("a push is a POST", .methodNotAllowed) }
    let secret = head.headers.first(name: "Authorization") ?? ""
    if !isSecret(secret) { throw Refusal("wrong secret", .unauthorized) }
    let encoding = head.headers.first(name: "Content-Encoding")?.lowercased() ?? "identity"
    if !["gzip", "identity"].contains(encoding) {
      throw Refusal("gzip or plain is read, not \(encoding)", .unsupportedMediaType)
    }
    let count = running.add(1, ordering: .relaxed).newValue
    defer { running.subtract(1, ordering: .relaxed) }
    if count > settings.pushes { throw Refusal("too many pushes at once", .tooManyRequests) }
    return try await withTaskExecutorPreference(pool) { try await convert(body) }
  }

  /// Converts and stores one piece at a time: the next is read only after the previous one is written.
  private func convert(_ body: PushBody) async throws -> [String: Int] {
    let (upload, rejects) = (settings.makeUpload(), PushFile(in: settings.rejects))
    var (counts, reason) = (ConversionCounts(), "the index refused them")
    let text = body.decompressed(atMost: settings.decompressedBytes)
    for try await batch in text.documents(settings.profile, options: settings.options) {
      if counts.rejected == 0, let first = batch.rejections.first { reason = "\(first)" }
      counts = batch.counts
      if counts.rejected > settings.rejectedRecords {
        throw Refusal("too many rejected records: \(reason)", .badRequest)
      }
      let refused = try await upload.store(batch.documents)
      let lines = batch.rejections.reduce(into: refused) { $1.appendLine(file: "push", to: &$0) }
      _ = try rejects.store(lines)
    }
    // Probably a job of another dataset. Cloudflare shows this text as the last error of the job.
    if counts.records == 0 { reason = "it is empty" }
    if counts.records == counts.rejected { throw Refusal("no events: \(reason)", .badRequest) }
    let name = "\(String(body.digest, radix: 16)).ndjson"
    _ = try rejects.store(try await upload.finish(as: name))
    _ = try rejects.finish(as: name)
    let refused = rejects.lines - counts.rejected
    if rejects.isNew {
      logger.warning("\(counts.rejected) rejected, \(refused) refused: rejects/\(name): \(reason)")
    }
    return [
      "records": counts.records, "documents": counts.documents, "rejected": counts.rejected,
      "skipped": counts.skipped, "refused": refused,
    ]
  }

  /// Takes the same time wherever texts of the right length differ, so the delay of an answer does not help to guess.
  private func isSecret(_ text: String) -> Bool {
    let (given, wanted) = (text.utf8, settings.authorization.utf8)
    return given.count == wanted.count
      && zip(given, wanted).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
