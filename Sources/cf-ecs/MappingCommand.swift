import CloudflareECS

/// `cf-ecs mapping`: the table of a profile.
enum MappingCommand {
  static func run(_ options: Options) -> ExitStatus {
    let table =
      switch options.mappingFormat {
      case .markdown: MappingReference.markdown(for: options.profile)
      case .json: MappingReference.json(for: options.profile)
      case .tsv: MappingReference.tsv(for: options.profile)
      }
    return Main.write(table, to: options.output)
  }
}
