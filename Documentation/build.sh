#!/usr/bin/env bash
# Writes the documentation as a static site: Documentation/build.sh FOLDER
# A warning is an error. Needs nothing but the Swift toolchain.
set -euo pipefail

output=${1:?usage: Documentation/build.sh FOLDER}
mkdir -p "$output"
output=$(cd "$output" && pwd)
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

swift package dump-symbol-graph --minimum-access-level public --skip-synthesized-members
# Only the library's own graph: those of the test runner break links between pages.
mkdir "$work/graphs"
cp "$(swift build --show-bin-path)/../symbolgraph/CloudflareECS.symbols.json" "$work/graphs"

# DocC takes a page's address from its file name, and under FieldMapping is the symbol of that name.
# And it wants the title in line 1, where the page says that it is generated.
cp -R Documentation/CloudflareECS.docc "$work"
catalog=$work/CloudflareECS.docc
sed 1d "$catalog/FieldMapping.md" >"$catalog/FieldMappingTables.md"
rm "$catalog/FieldMapping.md"
sed -i.bak 1d "$catalog/DetectionRules.md"
rm "$catalog/DetectionRules.md.bak"

docc=$(command -v docc || echo "$(dirname "$(command -v swift)")/docc")
"$docc" convert "$catalog" \
  --additional-symbol-graph-dir "$work/graphs" \
  --fallback-display-name CloudflareECS \
  --fallback-bundle-identifier CloudflareECS \
  --warnings-as-errors \
  --output-path "$output"
