import { spawnSync } from 'node:child_process'

const isWindows = process.platform === 'win32'

/** Runs a command in the repository's folder with its output on this terminal (or what `stdout` names); returns its exit status (127 where it can't start). */
export function run(command, args, env = {}, stdout = 'inherit') {
  const result = spawnSync(command, args, {
    stdio: ['inherit', stdout, 'inherit'],
    shell: isWindows,
    env: { ...process.env, ...env },
  })
  return result.status ?? (result.error ? 127 : 1)
}

/** Runs a command quietly and returns what it printed; undefined where it fails or does not exist. */
export function read(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', shell: isWindows })
  return result.status === 0 ? result.stdout.trim() : undefined
}

/** Ends the process with this status where a step failed, saying which. */
export function must(step, status) {
  if (status === 0) return
  console.error(`\n${step} failed (exit status ${status}).`)
  process.exit(status)
}
