extension FieldMapping {
  /// Whether the value is an action of Cloudflare's, which is spelled in several ways.
  var isAction: Bool {
    sources == [.action] && (transform == .keyword || transform == .foldedAction)
  }
}
