/** A number with its noun: `1 policy`, `7 policies`, `1,204 workloads`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`
}
