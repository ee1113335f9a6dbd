// Runs before anything is installed, on whatever Node there is: old syntax only, no packages.

/** Does this Node's version (`20.19.0`) run Drawbridge: ^20.19 or >= 22.12 (stack.md 1)? */
export function isNodeSupported(version) {
  const parts = version.split('.').map(Number)
  const major = parts[0]
  const minor = parts[1]
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
}

/** Ends the process with a clear message where Node is too old. */
export function requireNode() {
  if (isNodeSupported(process.versions.node)) return
  console.error(
    'Drawbridge needs Node 20.19 or newer (or 22.12 or newer). This is Node ' +
      process.versions.node +
      '.\nGet a current one from https://nodejs.org, then run the same command again.',
  )
  process.exit(1)
}
