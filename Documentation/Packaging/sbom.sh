#!/usr/bin/env bash
# Writes the bill of materials of a built program, CycloneDX 1.6 in JSON, to standard output:
#
#     Documentation/Packaging/sbom.sh PROGRAM EPOCH
#
# It lists what is in the program and the libraries that it loads. The same program and EPOCH (seconds since
# 1970) give the same bytes. release.sh puts it into the archive.
set -Eeuo pipefail

program=${1:?usage: Documentation/Packaging/sbom.sh PROGRAM EPOCH}
epoch=${2:?usage: Documentation/Packaging/sbom.sh PROGRAM EPOCH}
program=$(readlink -f "$program")
cd "$(dirname "$0")/../.."

# first EXPRESSION FILE: the first line that sed's substitution finds. A file that has none ends this.
first() {
  local found
  found=$(sed -nE "s/$1/\\1/p" "$2" | head -n 1)
  [[ -n $found ]] || {
    echo "sbom.sh: $2 does not say its version" >&2
    return 1
  }
  echo "$found"
}

version=$("$program" --version)
version=${version#cf-ecs }
swift=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9.]+).*/\1/p' | head -n 1)
rules=Sources/CloudflareECS/PublicSuffix/PublicSuffixList+Rules.swift
suffixes=$(first '^\/\/ VERSION: (.*)$' "$rules")
suffix_commit=$(first '^\/\/ COMMIT: (.*)$' "$rules")
agents=$(first '^\/\/ VERSION: (.*)$' Sources/CloudflareECS/UserAgent/UserAgentRules.swift)
babel=$(first '^.*by way of babel ([0-9.]+)\.$' Sources/CloudflareECS/Values/CountryNames+Rows.swift)
digest=$(sha256sum "$program" | cut -d ' ' -f 1)

# component REF TYPE NAME VERSION LICENSE [PURL]: a license is an identifier or an expression of SPDX. The
# version of a library that is loaded is the system's, and not known here.
component() {
  printf '    {"type": "%s", "bom-ref": "%s", "name": "%s", ' "$2" "$1" "$3"
  [[ -z $4 ]] || printf '"version": "%s", ' "$4"
  [[ -z ${6:-} ]] || printf '"purl": "%s", ' "$6"
  printf '"licenses": [{"expression": "%s"}]}' "$5"
}

loaded=()
while read -r library _; do
  case $library in
    libc.so.* | libm.so.*) loaded+=("$library LGPL-2.1-or-later") ;;
    libgcc_s.so.* | libstdc++.so.*) loaded+=("$library GPL-3.0-or-later WITH GCC-exception-3.1") ;;
    libz.so.*) loaded+=("$library Zlib") ;;
    libisal.so.*) loaded+=("$library BSD-3-Clause") ;;
  esac
done < <(ldd "$program" | LC_ALL=C sort)

cat <<JSON
{
  "\$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "version": 1,
  "metadata": {
    "timestamp": "$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)",
    "component": {
      "type": "application", "bom-ref": "cf-ecs", "name": "cf-ecs", "version": "$version",
      "hashes": [{"alg": "SHA-256", "content": "$digest"}],
      "licenses": [{"expression": "Apache-2.0"}]
    }
  },
  "components": [
JSON
component swift library "Swift standard library" "$swift" "Apache-2.0 WITH Swift-exception" \
  "pkg:github/swiftlang/swift@swift-$swift-RELEASE"
printf ',\n'
component public-suffix-list data "Public Suffix List, ICANN section" "$suffixes" MPL-2.0 \
  "pkg:github/publicsuffix/list@$suffix_commit"
printf ',\n'
component uap-core data "uap-core, rules for user agents" "$agents" Apache-2.0 \
  "pkg:github/ua-parser/uap-core@v$agents"
printf ',\n'
component cldr data "Unicode CLDR, English names of countries" "babel $babel" Unicode-3.0 \
  "pkg:pypi/babel@$babel"
references='"swift", "public-suffix-list", "uap-core", "cldr"'
for entry in "${loaded[@]}"; do
  printf ',\n'
  component "${entry%% *}" library "${entry%% *}" "" "${entry#* }"
  references+=", \"${entry%% *}\""
done
cat <<JSON

  ],
  "dependencies": [{"ref": "cf-ecs", "dependsOn": [$references]}]
}
JSON
