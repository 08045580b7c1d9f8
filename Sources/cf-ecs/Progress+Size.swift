import CloudflareECS

extension Progress {
  /// The size of all files; nil if one of them has none, as a pipe.
  static func size(of files: [String]) -> Int? {
    var total = 0
    for file in files {
      if StopRequest.isPending { return nil }
      let status =
        file == "-" ? FilePath.Status(.standardInput) : try? FilePath(text: file).status()
      guard let status, status.kind == .regular else { return nil }
      total += status.size
    }
    return total
  }
}
