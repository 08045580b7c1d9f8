import CloudflareECSGzip
import NIOHTTP1

/// Why something is not done, and the status that says so to a sender.
struct Refusal: Error, CustomStringConvertible {
  let description: String
  let status: HTTPResponseStatus

  init(_ description: String, _ status: HTTPResponseStatus = .serviceUnavailable) {
    (self.description, self.status) = (description, status)
  }

  /// What an error amounts to for a sender.
  init(_ error: any Error) {
    switch error {
    case let refusal as Refusal: self = refusal
    case let error as GzipError where error.code == .tooLong:
      self.init("\(error)", .payloadTooLarge)
    case is GzipError, is HTTPParserError: self.init("\(error)", .badRequest)
    default: self.init("not stored: \(error)")
    }
  }
}
