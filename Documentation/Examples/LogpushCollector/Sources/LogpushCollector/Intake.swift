import CloudflareECS
import Hummingbird

/// Takes pushes. 200 says that every event of a push is safe; all else, that it has to be sent again.
struct Intake {
  let settings: Settings
  let store: any EventStore
  let rejects: RotatingFile

  func receive(_ request: Request, _ context: some RequestContext) async throws -> [String: Int] {
    guard isSecret(request.headers[.authorization] ?? "") else {
      throw HTTPError(.unauthorized, headers: [.wwwAuthenticate: "Bearer"], message: "wrong secret")
    }
    let encoding = request.headers[.contentEncoding]?.lowercased() ?? "gzip"
    guard ["gzip", "identity"].contains(encoding) else {
      throw HTTPError(.unsupportedMediaType, message: "gzip or plain is read, not \(encoding)")
    }
    // All other errors here are those of a connection that is gone, and no answer gets there.
    guard let body = try? await request.body.collect(upTo: settings.bodyBytes) else {
      throw HTTPError(.contentTooLarge, message: "a push has at most \(settings.bodyBytes) bytes")
    }
    let (documents, counts, rejections) = try convert(body)
    // Nothing but rejects is a job of another dataset, or no job: Cloudflare shows a job's last error.
    guard counts.records > counts.rejected else {
      let why = rejections.first.map { "line \($0.line): \($0.error)" } ?? "it is empty"
      throw HTTPError(.badRequest, message: "there is no firewall event in the push: \(why)")
    }
    var lines: [UInt8] = []
    for rejection in rejections { rejection.appendLine(file: context.id, to: &lines) }
    do {
      _ = try await rejects.write(lines)
      let refused = try await store.write(documents)
      // With rejects it is 200, too: sent again, they were rejected again, and the rest was there twice.
      return [
        "records": counts.records, "documents": counts.documents, "rejected": counts.rejected,
        "skipped": counts.skipped, "refused": refused,
      ]
    } catch {
      context.logger.error("not written: \(error)")
      throw HTTPError(.serviceUnavailable, headers: [.retryAfter: "30"], message: "not written")
    }
  }

  /// Takes the same time wherever the texts differ: the delay of an answer does not help to guess.
  private func isSecret(_ text: String) -> Bool {
    let (given, wanted) = (Array(text.utf8), settings.authorization)
    return wanted.indices.reduce(given.count ^ wanted.count) { difference, index in
      difference | Int(wanted[index] ^ (index < given.count ? given[index] : 0))
    } == 0
  }

  private func convert(_ body: ByteBuffer) throws -> ([UInt8], ConversionCounts, [Rejection]) {
    var converter = NDJSONConverter(settings.profile)
    var documents: [UInt8] = []
    try body.decompressed { block in
      converter.convert(block, into: &documents)
      guard converter.counts.bytes <= settings.decompressedBytes else {
        throw HTTPError(.contentTooLarge, message: "gzip over \(settings.decompressedBytes) bytes")
      }
    }
    converter.finish(into: &documents)
    return (documents, converter.counts, converter.takeRejections())
  }
}
