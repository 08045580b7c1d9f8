// Several streams at once, each in a task of its own, with back-pressure.

import CloudflareECS
import Samples

let events = try sampleEvents()

/// An upload that arrives in chunks of a few kilobytes, each when it is asked for.
actor Upload {
  private var rest: ArraySlice<UInt8>

  init(_ events: [UInt8]) { rest = events[...] }

  func next() -> ArraySlice<UInt8>? {
    if rest.isEmpty { return nil }
    defer { rest = rest.dropFirst(4_000) }
    return rest.prefix(4_000)
  }
}

@Sendable func upload(_ events: [UInt8]) -> AsyncStream<ArraySlice<UInt8>> {
  let upload = Upload(events)
  return AsyncStream { await upload.next() }
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
