/** File names without their folders, but whole paths for those whose name another file has too. */
export function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const last = paths.map((path) => path.split('/').at(-1) ?? path)
  const counts = new Map<string, number>()
  for (const name of last) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(paths.map((path, at) => [path, counts.get(last[at] ?? '') === 1 ? (last[at] ?? path) : path]))
}
