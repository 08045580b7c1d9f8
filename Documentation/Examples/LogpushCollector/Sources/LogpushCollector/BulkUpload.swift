import CloudflareECS
import Foundation
import FoundationNetworking

/// Documents on their way into an index of Elasticsearch or OpenSearch, in requests of a bounded size.
final class BulkUpload: Upload {
  private static let newline = UInt8(ascii: "\n")

  private let url: URL, settings: Settings
  /// Actions and their documents, two lines each.
  private var waiting: [ArraySlice<UInt8>] = []
  private var size = 0

  init(to url: URL, _ settings: Settings) { (self.url, self.settings) = (url, settings) }

  func store(_ documents: [UInt8]) async throws -> [UInt8] {
    let lines = documents.split(separator: Self.newline)
    var refused: [UInt8] = []
    for action in stride(from: 0, to: lines.count, by: 2) {
      let item = documents[lines[action].startIndex...lines[action + 1].endIndex]
      if size + item.count > settings.bulkBytes { refused += try await flush() }
      waiting.append(item)
      size += item.count
    }
    return refused
  }

  func finish(as _: String) async throws -> [UInt8] { try await flush() }

  /// Sends what waits, and what the index has no room for again and again.
  private func flush() async throws -> [UInt8] {
    var refused: [UInt8] = []
    for attempt in 0..<6 where !waiting.isEmpty {
      // 0.25 s, 0.5 s, … 4 s, up to half of it less, so that collectors do not march in step.
      let pause = attempt == 0 ? 0 : Double(125 << attempt) * .random(in: 0.5...1)
      try await Task.sleep(for: .milliseconds(pause))
      var again: [ArraySlice<UInt8>] = []
      for (item, result) in zip(waiting, try await send()) {
        switch result?["status"]?.integer ?? 503 {
        case 200...299, 409: break  // 409: an attempt whose answer was lost has stored it.
        case 400:
          refused += "{\"error\":\(result?["error"]?.json ?? "null"),\"document\":".utf8
          refused += item.split(separator: Self.newline)[1] + "}\n".utf8
        default: again.append(item)
        }
      }
      waiting = again
    }
    if !waiting.isEmpty { throw Refusal("the index takes no more documents now") }
    size = 0
    return refused
  }

  /// Sends one request. Gives the answer's items in order, or nil for each while there is no answer.
  private func send() async throws -> [JSONObject?] {
    var request = URLRequest(url: url, timeoutInterval: 30)
    request.httpMethod = "POST"
    request.setValue("application/x-ndjson", forHTTPHeaderField: "Content-Type")
    request.setValue(settings.bulkAuthorization, forHTTPHeaderField: "Authorization")
    request.httpBody = Data(waiting.joined())
    let answer = try? await URLSession.shared.data(for: request)
    let status = (answer?.1 as? HTTPURLResponse)?.statusCode ?? 503
    if status == 429 || status >= 500 { return waiting.map { _ in nil } }
    let text = String(decoding: answer?.0 ?? Data(), as: UTF8.self)
    let items = (try? JSONValue(json: text))?.object?["items"]?.array
    guard let items, items.count == waiting.count else {
      throw Refusal("the index answered \(status): \(text.prefix(200))")
    }
    return items.map { $0.object?["create"]?.object }
  }
}
