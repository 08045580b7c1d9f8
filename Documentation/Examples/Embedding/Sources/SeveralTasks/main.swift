// Several streams at once, each in a task of its own, with back-pressure.

import CloudflareECS
import Samples

let events = try sampleEvents()

/// A stream that arrives in chunks of a few kilobytes.
@Sendable func upload(_ events: [UInt8]) -> AsyncStream<ArraySlice<UInt8>> {
  AsyncStream { continuation in
    for start in stride(from: 0, to: events.count, by: 4_000) {
      continuation.yield(events[start..<min(start + 4_000, events.count)])
    }
    continuation.finish()
  }
}

/// What the tasks have in common.
actor Store {
  private(set) var documents = 0
  private(set) var hosts: Set<String> = []

  func add(_ lines: [UInt8]) { documents += lines.count { $0 == UInt8(ascii: "\n") } }

  /// An actor can read a stream, too.
  func collect(_ chunks: AsyncStream<ArraySlice<UInt8>>) async {
    for await record in chunks.firewallEvents() {
      if let host = (try? record.event())?.clientRequestHost { hosts.insert(host) }
    }
  }
}

let store = Store()
await withTaskGroup(of: Void.self) { group in
  for _ in 0..<4 {
    group.addTask {
      for await batch in upload(events).documents(ElasticNormalizer()) {
        await store.add(batch.documents)
      }
    }
  }
  group.addTask { await store.collect(upload(events)) }
}
let (documents, hosts) = await (store.documents, store.hosts.count)
check(documents == 960 && hosts > 10, "\(documents) documents, \(hosts) hosts")
