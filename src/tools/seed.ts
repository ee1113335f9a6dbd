import fc from 'fast-check'

// Random tests draw the same cases in every run, so that what failed once fails again and a commit is judged by its own
// changes; `SEED=7 npx vitest run` draws others.
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 1) })
