/** A file beyond this size is not opened; a dump of 4,000 pods has 25 MB. */
export const FILE_BYTES = 50 * 1024 * 1024

/** All texts of a workspace together stay below this. */
export const TOTAL_BYTES = 100 * 1024 * 1024

const MANIFEST = /[.](ya?ml|json)$/i
// What people call a dump that they open by itself; in a folder such files are other things.
const ALONE = /([.](txt|text|md|markdown|out|log)|(^|\/)[^./]+)$/i
const HIDDEN = /(^|\/)([.][^/]+|__MACOSX|node_modules)(\/|$)/

/** Is it worth reading? In folders and zips only YAML and JSON, hidden folders aside; a file by itself may be a text, too. */
export function isWanted(path: string, from: 'folder' | 'alone'): boolean {
  if (from === 'alone') return MANIFEST.test(path) || ALONE.test(path)
  return MANIFEST.test(path) && !HIDDEN.test(path)
}

/** A path as the workspace writes it: forward slashes, nothing before the first name, no `.` or `..`. */
export function tidyPath(path: string): string {
  const steps = path.replaceAll('\\', '/').split('/')
  const kept = steps.filter((step) => step !== '' && step !== '.' && step !== '..')
  return kept.join('/') || 'unnamed.yaml'
}
