/// The version of this package, in one place: the command, the documents and the releases read it here.
package enum CloudflareECSVersion {
  /// The version, as in [Semantic Versioning](https://semver.org).
  package static let current = "0.2.0"
}
