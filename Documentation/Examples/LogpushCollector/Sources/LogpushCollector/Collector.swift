import Foundation
import Hummingbird
import Logging

/// Receives Logpush's pushes and keeps them as ECS documents.
@main struct Collector {
  static func main() async {
    let logger = Logger(label: "logpush-collector")
    do {
      let settings = try Settings()
      func file(_ name: String) throws -> RotatingFile {
        try RotatingFile(name, in: settings.folder, limit: settings.fileBytes)
      }
      var store: (any EventStore)?
      if let url = settings.bulkURL {
        let (key, refusals) = (settings.bulkAuthorization, try file("refused.ndjson"))
        store = BulkIndex(url: url, authorization: key, refusals: refusals)
      }
      let intake = try Intake(
        settings: settings, store: store ?? file("events.ndjson"), rejects: file("rejects.ndjson"))
      let router = Router()
      router.get("health") { _, _ in HTTPResponse.Status.ok }
      router.post("logpush") { try await intake.receive($0, $1) }
      for method: HTTPRequest.Method in [.get, .head, .put, .patch, .delete, .options] {
        router.on("logpush", method: method) { _, _ -> Response in
          throw HTTPError(.methodNotAllowed, headers: [.allow: "POST"], message: "a push is a POST")
        }
      }
      // On SIGTERM no connection is accepted any more, and what has begun is finished and answered.
      try await Application(
        router: router, server: .http1(configuration: .init(idleTimeout: .seconds(60))),
        configuration: .init(address: .hostname(settings.host, port: settings.port)), logger: logger
      ).runService()
    } catch {
      logger.critical("\(error)")
      exit(1)
    }
  }
}
