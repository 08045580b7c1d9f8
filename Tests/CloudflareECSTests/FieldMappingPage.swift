import CloudflareECS

/// The page of the documentation that shows the tables of all built-in profiles.
enum FieldMappingPage {
  static let path = "Documentation/CloudflareECS.docc/FieldMapping.md"

  static var text: String {
    introduction + BuiltInProfiles.all.map(section).joined()
  }

  private static let introduction = """
    <!-- Generated from the mapping tables: do not edit. RECORD=1 swift test --filter \
    FieldMappingPageTests rewrites this page. -->
    # Field mapping

    Which Cloudflare field becomes which ECS field, in each profile.

    This page is generated from the tables that the conversion runs on. Each row says what is read \
    (in brackets: something other than a field), where it goes, the target's type (`[]`: an array), \
    the ``Transform`` that makes the value, and what the value holds. A Cloudflare field is read under \
    its Logpush name and, where it has one, its GraphQL name. Of several rows with the same target the \
    first that has a value wins; into an array all of them write. An empty value gives no field.

    The examples are a test: from each record that part of the document comes out.


    """

  private static func section(_ profile: any Normalizer) -> String {
    """
    ## \(profile.name)

    The profile of ``\(type(of: profile))``; on the command line `--profile \(profile.name)`.

    \(MappingReference(of: profile).markdown)

    """
  }
}
