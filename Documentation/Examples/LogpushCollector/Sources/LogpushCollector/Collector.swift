import Foundation
import Logging
import NIOCore
import NIOPosix

/// Receives Logpush's pushes and keeps them as ECS documents.
@main struct Collector {
  private static let connections = 256

  static func main() async {
    LoggingSystem.bootstrap(StreamLogHandler.standardError)
    let logger = Logger(label: "logpush-collector")
    do {
      let settings = try Settings(ProcessInfo.processInfo.environment)
      for folder in [settings.events, settings.rejects] { try PushFile.prepare(folder) }
      try await serve(Intake(settings, logger))
    } catch {
      logger.critical("\(error)")
      exit(1)
    }
  }

  /// Serves until SIGTERM or SIGINT. Then it accepts no more connections, and finishes and answers what has begun.
  private static func serve(_ intake: Intake) async throws {
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
      // Handlers are added when a connection is served: NIO drops connections that it accepts while the server
      // stops, and traps if a dropped one has a `NIOAsyncChannel`.
      .childChannelOption(ChannelOptions.autoRead, value: false)
      .bind(host: intake.settings.host, port: intake.settings.port) {
        $0.eventLoop.makeSucceededFuture($0)
      }
    let signals = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { server.channel.close(promise: nil) }
      source.resume()
      return source
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      try await server.executeThenClose { channels in
        var open = 0
        for try await channel in channels {
          if open == Self.connections { try await group.next() } else { open += 1 }
          group.addTask { try? await Connection(channel).serve(intake) }
        }
      }
    }
    withExtendedLifetime(signals) {}
  }
}
