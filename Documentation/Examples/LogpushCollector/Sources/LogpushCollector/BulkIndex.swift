import AsyncHTTPClient
import CloudflareECS
import NIOCore

/// Forwards to a `_bulk` endpoint. A document's `_id` is made of its push and its place there, so that
/// nothing is indexed twice if an answer gets lost or Cloudflare sends the same push again.
struct BulkIndex: EventStore {
  typealias Item = (id: String, document: ArraySlice<UInt8>)
  let url: String, authorization: String?
  let refusals: RotatingFile

  func write(_ lines: [UInt8]) async throws -> Int {
    // FNV-1a, 128 bits. Who could forge pushes for the same one would need the shared secret first.
    let push = lines.reduce(0x6C62_272E_07BB_0142_62B8_2175_6295_C58D as UInt128) {
      ($0 ^ UInt128($1)) &* 0x100_0000_0000_0000_0000_013B
    }
    var waiting = lines.split(separator: UInt8(ascii: "\n")).enumerated().map {
      (id: "\(push)-\($0)", document: $1)
    }
    var (refused, attempt) = (0, 0)
    while !waiting.isEmpty {
      let batch = Array(waiting.prefix(1_000))
      var (again, refusedLines) = ([Item](), "")
      for (item, result) in zip(batch, try await post(batch)) {
        switch result?["status"]?.integer ?? 503 {
        case 200...299, 409: break  // 409: an attempt whose answer was lost has indexed it.
        case 429, 500...: again.append(item)
        default:
          refused += 1
          let document = String(decoding: item.document, as: UTF8.self)
          let error = result?["error"]?.json ?? "null"
          refusedLines += "{\"_id\":\"\(item.id)\",\"error\":\(error),\"document\":\(document)}\n"
        }
      }
      _ = try await refusals.write(Array(refusedLines.utf8))
      waiting = again + waiting.dropFirst(batch.count)
      attempt = again.isEmpty ? 0 : again.count < batch.count ? 1 : attempt + 1
      if attempt == 7 { throw Failure(reason: "\(waiting.count) documents are not indexed yet") }
      // 0.25 s, 0.5 s, … 8 s, up to half of it less, so that collectors do not march in step.
      let wait = Duration.milliseconds(attempt == 0 ? 0 : 125 << attempt)
      try await Task.sleep(for: wait * .random(in: 0.5...1))
    }
    return refused
  }

  /// Sends one request. Gives the answer's items in order, or nil for each while there is no answer.
  private func post(_ items: [Item]) async throws -> [JSONObject?] {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers = ["Content-Type": "application/x-ndjson"]
    if let authorization { request.headers.add(name: "Authorization", value: authorization) }
    let pairs = items.map { Array("{\"create\":{\"_id\":\"\($0.id)\"}}\n".utf8) + $0.document }
    request.body = .bytes(ByteBuffer(bytes: (pairs + [[]]).joined(separator: [10])))
    let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(30))
    let text = (try? await response?.body.collect(upTo: 64 << 20)).map { String(buffer: $0) }
    guard let status = response?.status.code, let text, status != 429, status < 500 else {
      return items.map { _ in nil }
    }
    let answer = (try? JSONValue(json: text))?.object?["items"]?.array
    guard let answer, answer.count == items.count else {
      throw Failure(reason: "\(url) answered \(status): \(text.prefix(200))")
    }
    return answer.map { $0.object?["create"]?.object }
  }
}
