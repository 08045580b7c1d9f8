/// The version of this package, in one place: the command, the documents and the releases read it here.
public enum CloudflareECSVersion {
  /// The version, as in [Semantic Versioning](https://semver.org).
  public static let current = "0.2.0"
}
