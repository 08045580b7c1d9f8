import CloudflareECS
import NIOCore
import NIOHTTP1

/// A connection. It serves one request, which is all that Logpush needs.
struct Connection: Sendable {
  typealias Parts = NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator

  /// The header field that a status requires.
  private static let headers: [UInt: String] = [
    401: "WWW-Authenticate: Bearer\r\n", 405: "Allow: POST\r\n",
    429: "Retry-After: 30\r\n", 503: "Retry-After: 30\r\n",
  ]

  private let channel: NIOAsyncChannel<HTTPServerRequestPart, ByteBuffer>

  /// Adds the handlers to an accepted channel, which then begins to read.
  init(_ channel: any Channel) async throws {
    self.channel = try await channel.eventLoop.submit {
      try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
      try channel.syncOptions?.setOption(ChannelOptions.autoRead, value: true)
      return try NIOAsyncChannel(
        wrappingChannelSynchronously: channel,
        configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2)))
    }.get()
  }

  /// Answers the request and closes the connection. Throws if the sender is gone.
  func serve(_ intake: Intake) async throws {
    let (pipeline, loop) = (channel.channel.pipeline, channel.channel.eventLoop)
    let seconds = Int64(intake.settings.seconds)
    // After this time, reading the rest of the request throws this error.
    let late = Refusal("the request took more than \(seconds) seconds", .requestTimeout)
    let limit = loop.scheduleTask(in: .seconds(seconds)) { pipeline.fireErrorCaught(late) }
    defer { limit.cancel() }
    try await channel.executeThenClose { parts, answer in
      var parts = parts.makeAsyncIterator()
      guard case .head(let head)? = try await parts.next() else { return }
      if head.headers.contains(name: "Expect") {
        try await answer.write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))
      }
      let body = PushBody(parts, limit: intake.settings.bodyBytes)
      do {
        let counts = try await intake.respond(to: head, body)
        let members = counts.map { "\"\($0)\":\($1)" }.sorted().joined(separator: ",")
        try await answer.write(message(.ok, "{\(members)}\n"))
      } catch {
        let refusal = Refusal(error)
        intake.logger.warning("\(head.method) \(head.uri): \(refusal.status.code): \(refusal)")
        let text = "{\"error\":\(JSONValue.string(refusal.description).json)}\n"
        try await answer.write(message(refusal.status, text))
      }
      try await body.discardRest()
    }
  }

  private func message(_ status: HTTPResponseStatus, _ text: String) -> ByteBuffer {
    let start = "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\nConnection: close\r\n"
    let end = "Content-Type: application/json\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
    return ByteBuffer(string: "\(start)\(Self.headers[status.code] ?? "")\(end)")
  }
}
