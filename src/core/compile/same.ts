/** Are two plain values equal, whatever the order of their keys and list items? A port without a protocol is TCP, as the server reads it. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).toSorted().join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const own = value as Readonly<Record<string, unknown>>
  const filled = 'port' in own && !('protocol' in own) ? { ...own, protocol: 'TCP' } : own
  const entries = Object.entries(filled).filter(([, part]) => part !== undefined)
  return `{${entries
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`)
    .toSorted()
    .join()}}`
}
