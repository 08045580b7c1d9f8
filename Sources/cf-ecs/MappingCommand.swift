import CloudflareECS

/// `cf-ecs mapping`: prints the table of a profile.
enum MappingCommand {
  static func run(_ options: Options) -> ExitStatus {
    let table =
      switch options.mappingFormat {
      case .markdown: MappingReference(of: options.profile).markdown
      case .json: MappingReference(of: options.profile).json
      case .tsv: MappingReference(of: options.profile).tsv
      }
    return Main.write(table, to: options.output)
  }
}
